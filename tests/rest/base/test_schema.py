from __future__ import annotations

import importlib.util
import sys

import pytest

from segmentation.errors import ConfigurationError
from segmentation.rest.base import schema


@pytest.mark.parametrize("first", ["segmentation.urls", "personalization.rest"])
def test_without_the_extra_it_is_named(monkeypatch, first) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "drf_spectacular" else find_spec(name))
    monkeypatch.delitem(sys.modules, "segmentation.rest.base.extra")
    monkeypatch.delattr("segmentation.rest.base.extra")
    spec = find_spec(first)
    with pytest.raises(ConfigurationError, match=r"pip install django-regulars\[api\]"):
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


def test_a_shops_own_document_stays_its_own() -> None:
    from drf_spectacular.settings import spectacular_settings

    schema.document.cache_clear()
    before = spectacular_settings.TITLE, spectacular_settings.OAS_VERSION
    assert schema.document()["info"]["title"] == "Regulars"
    assert before == (spectacular_settings.TITLE, spectacular_settings.OAS_VERSION)
