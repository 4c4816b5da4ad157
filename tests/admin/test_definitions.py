from __future__ import annotations

import json

import pytest

from segmentation.admin.definitions import Written, read, sentence_of, written
from segmentation.errors import RuleError
from segmentation.rules import dump, parse

TEXT = 'orders.count(last 90 days) >= 3 and customer.country in ("FR", "PL")'


def test_a_stored_rule_is_written_as_text() -> None:
    assert written(dump(parse(TEXT))) == Written(TEXT)


def test_what_cannot_be_read_is_written_as_json_with_the_reasons() -> None:
    stored = dump(parse(TEXT)) | {"version": 9}
    found = written(stored)
    assert json.loads(found.text) == stored
    assert found.problems == ("At /version: unknown version: this release knows 1",)


@pytest.mark.parametrize("stored", [None, [], "text", {}, {"rules": 3}])
def test_anything_stored_can_be_shown(stored: object) -> None:
    found = written(stored)
    assert json.loads(found.text) == stored
    assert found.problems


def test_text_and_json_are_read_alike() -> None:
    assert read("  " + json.dumps(dump(parse(TEXT)))) == read(TEXT) == parse(TEXT)


@pytest.mark.parametrize("text", ["", "{", "{}", "orders.count("])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        read(text)


def test_the_sentence_of_a_rule() -> None:
    assert sentence_of(dump(parse("orders.count() >= 3"))) == "Customers who match: at least 3 orders."


def test_there_is_no_sentence_for_what_cannot_be_read() -> None:
    assert sentence_of({"version": 9}) is None
