from __future__ import annotations

import sys
from typing import Any

import pytest
from django.core.checks import run_checks

from personalization.checks import TAG
from personalization.conf import conf


def ids(settings: Any, **changed: object) -> list[str]:
    settings.PERSONALIZATION = {**settings.PERSONALIZATION, **changed}
    return [message.id for message in run_checks(tags=[TAG]) if message.id and message.id.startswith("personalization.")]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (1, []),
        (100, []),
        (0, ["personalization.E031"]),
        (101, ["personalization.E031"]),
        (2.0, ["personalization.E031"]),
        ("3", ["personalization.E031"]),
        (True, ["personalization.E031"]),
    ],
)
def test_how_many_versions_are_kept(settings, kept, expected):
    assert ids(settings, RECOMMENDER_VERSIONS_KEPT=kept) == expected


def test_the_setting_is_read(settings):
    settings.PERSONALIZATION = {}
    assert conf.recommender_versions_kept == 3
    settings.PERSONALIZATION = {"RECOMMENDER_VERSIONS_KEPT": 5}
    assert conf.recommender_versions_kept == 5


def test_the_library_that_models_learn_with(settings, monkeypatch):
    assert ids(settings) == []
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert ids(settings) == ["personalization.W031"]
