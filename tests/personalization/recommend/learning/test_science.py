from __future__ import annotations

import sys

import pytest

from personalization.errors import MissingExtra
from personalization.recommend.learning.science import scipy_linalg, scipy_sparse


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    scipy_sparse.cache_clear()
    scipy_linalg.cache_clear()


@pytest.mark.parametrize("ask", [scipy_sparse, scipy_linalg])
def test_the_extra_is_named_where_scipy_is_missing(ask: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.sparse", None)
    with pytest.raises(MissingExtra, match=r"pip install django-regulars\[science\]"):
        ask()  # type: ignore[operator]


def test_scipy_is_given_where_it_is_there() -> None:
    assert scipy_sparse().__name__ == "scipy.sparse"
    assert scipy_linalg().__name__ == "scipy.linalg"
