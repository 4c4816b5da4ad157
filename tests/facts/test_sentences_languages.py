from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from segmentation.facts.sentences import sentence
from segmentation.kernel.moments import Calendar
from segmentation.rules import parse
from tests.facts.sentences_shop import SHOP

NOON = (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), Calendar("Europe/London"))
CASES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text())
SAID = [(case["rule"], language, said) for case in CASES for language, said in case.items() if language != "rule"]


@pytest.mark.parametrize(("rule", "language", "said"), SAID)
def test_a_rule_in_each_language(rule, language, said):
    moment = NOON if rule.startswith("@") else ()
    with translation.override(language):
        assert sentence(parse(rule.removeprefix("@")), SHOP, *moment) == said


@pytest.mark.parametrize("language", ["en", "fr", "pl", "zh-hans", "zh-hant"])
def test_the_page_on_languages_shows_what_is_said(language):
    page = (Path(__file__).parents[2] / "docs" / "languages.md").read_text()
    rule = 'orders.count(last 90 days) >= 3 and customer.country != "FR"'
    with translation.override(language):
        assert f"| {language} | {sentence(parse(rule), SHOP)} |" in page
    assert f"    {rule}\n" in page


def test_every_case_is_said_in_every_language():
    assert {tuple(case) for case in CASES} == {("rule", "en", "fr", "pl", "zh-hans", "zh-hant")}
