from __future__ import annotations

import sys
from importlib import import_module

import pytest
from oscar.core.loading import get_model

from segmentation.contrib.oscar.lookup import oscar_model
from segmentation.errors import ConfigurationError


def test_the_models_are_those_that_oscar_gives() -> None:
    assert oscar_model("order", "Order") is get_model("order", "Order")


@pytest.mark.parametrize("missing", [("loyalty", "Card"), ("order", "Card")])
def test_an_app_that_is_not_installed(missing: tuple[str, str]) -> None:
    with pytest.raises(ConfigurationError, match=f"needs Oscar's app {missing[0]} in INSTALLED_APPS: "):
        oscar_model(*missing)


def test_without_oscar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oscar.core.loading", None)
    monkeypatch.delitem(sys.modules, "segmentation.contrib.oscar.lookup")

    with pytest.raises(ConfigurationError, match=r"pip install django-regulars\[oscar\]"):
        import_module("segmentation.contrib.oscar.lookup")
