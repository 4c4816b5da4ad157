"""SciPy, which comes with an extra: imported where something is learned, never with the shop's pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
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


class _Algebra:
    """How many threads the libraries of dense algebra use: the process's, so it is counted who wants them to use one."""

    def __init__(self) -> None:
        self._lock, self._wishes, self._limits = Lock(), 0, None

    def limit(self) -> None:
        with self._lock:
            self._wishes += 1
            if self._wishes == 1:
                self._limits = _limited()

    def free(self) -> None:
        with self._lock:
            self._wishes -= 1
            if not self._wishes and self._limits is not None:
                self._limits.restore_original_limits()
                self._limits = None


_algebra = _Algebra()


@contextmanager
def one_thread_each() -> Iterator[None]:
    """While several threads calculate, the algebra inside makes no more of its own: they would wait for each other."""
    _algebra.limit()
    try:
        yield
    finally:
        _algebra.free()


def _limited() -> Any:
    try:
        from threadpoolctl import threadpool_limits  # noqa: PLC0415
    except ImportError:  # it comes with the extra; without it all is right, and slower
        return None
    scipy_linalg()  # what is loaded later would not be limited
    return threadpool_limits(1, "blas")
