"""SciPy, which comes with an extra: imported where something is learned, never with the shop's pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from personalization.errors import MissingExtra


@cache
def scipy_sparse() -> Any:
    """SciPy's sparse matrices. Raises MissingExtra."""
    try:
        import scipy.sparse  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("recommendations are learned with SciPy: pip install django-regulars[science]") from error
    return scipy.sparse


@cache
def scipy_linalg() -> Any:
    """SciPy's dense algebra. Raises MissingExtra."""
    scipy_sparse()
    import scipy.linalg  # noqa: PLC0415

    return scipy.linalg
