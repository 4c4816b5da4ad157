from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest

from segmentation.errors import ConfigurationError
from segmentation.rest.base import schema


def test_without_the_extra_it_is_named(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "drf_spectacular.extensions", None)
    spec = spec_from_file_location("schema_without_extra", schema.__file__)
    with pytest.raises(ConfigurationError, match=r"pip install django-regulars\[api\]"):
        spec.loader.exec_module(module_from_spec(spec))


def test_a_shops_own_document_stays_its_own() -> None:
    from drf_spectacular.settings import spectacular_settings

    schema.document.cache_clear()
    before = spectacular_settings.TITLE, spectacular_settings.OAS_VERSION
    assert schema.document()["info"]["title"] == "Regulars"
    assert before == (spectacular_settings.TITLE, spectacular_settings.OAS_VERSION)
