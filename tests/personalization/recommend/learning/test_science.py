from __future__ import annotations

import sys

import pytest
from threadpoolctl import threadpool_info

from personalization.errors import MissingExtra
from personalization.recommend.learning.science import one_thread_each, scipy_linalg, scipy_sparse


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


def test_the_algebra_has_its_threads_again_when_the_last_is_done() -> None:
    scipy_linalg()
    before = threads()
    with one_thread_each():
        with one_thread_each():
            assert threads() == [1] * len(before)
        assert threads() == [1] * len(before)
    assert threads() == before


def threads() -> list[int]:
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]
