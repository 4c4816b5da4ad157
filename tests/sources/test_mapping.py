from __future__ import annotations

import pytest
from django.test import override_settings

from segmentation.errors import ConfigurationError, SourceError
from segmentation.sources import active_source
from tests.sources.zoo.source import Zoo

ZOO = "tests.sources.zoo.source.Zoo"


def configured(source):
    return override_settings(SEGMENTATION={"SOURCE": source})


def test_the_source_of_the_settings():
    with configured(ZOO):
        assert type(active_source()) is Zoo
        assert active_source() is active_source()


def test_settings_are_read_anew():
    with configured(ZOO):
        active_source()
    with configured(""), pytest.raises(ConfigurationError):
        active_source()


@override_settings(SEGMENTATION={})
def test_no_source():
    with pytest.raises(ConfigurationError, match=r'is not set: name your ShopSource subclass, "myshop\.segments\.Shop"'):
        active_source()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nothing.at.all", "ModuleNotFoundError: No module named 'nothing'"),
        ("tests.sources.zoo.source.Nothing", 'does not define a "Nothing" attribute'),
        ("zoo", "doesn't look like a module path"),
        ("tests.sources.zoo.broken.Shop", "RuntimeError: the shop is closed"),
    ],
)
def test_a_source_that_cannot_be_imported_keeps_the_reason(path, message):
    with configured(path), pytest.raises(ConfigurationError, match=message) as caught:
        active_source()
    assert path in str(caught.value)
    assert caught.value.__cause__ is not None


def test_a_class_instead_of_a_path():
    with configured(Zoo), pytest.raises(ConfigurationError, match="it must be a dotted path"):
        active_source()


@pytest.mark.parametrize("path", ["tests.sources.zoo.source.NOT_A_SOURCE", "tests.sources.zoo.models.Keeper"])
def test_what_is_no_source(path):
    with configured(path), pytest.raises(SourceError, match=r"is no subclass of segmentation\.sources\.ShopSource"):
        active_source()
