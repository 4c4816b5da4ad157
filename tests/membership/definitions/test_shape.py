from __future__ import annotations

import pytest

from segmentation.errors import SegmentError
from segmentation.membership.definitions.shape import MAX_BYTES, Entry, read_file
from segmentation.rules import Rule, parse

HEAD = "version: 1\nbase_currency: GBP\nsegments:\n"
LOYAL = "- {slug: loyal, name: Loyal, description: '', state: live, rule: orders.count() >= 3}\n"
GONE = """\
- slug: gone
  name: Gone
  description: |-
    They
    left.
  state: archived
  rule: |-
    orders.count() >= 1
    and orders.count(last 90 days) = 0
"""


def entries_of(content: bytes) -> list[Entry]:
    file = read_file(content, "GBP")
    assert (file.unread, file.faults.found) == ({}, [])
    return list(file.entries)


def rule(text: str) -> Rule:
    return Rule(parse(text).root, "GBP")


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(SegmentError) as caught:
        read_file(text if isinstance(text, bytes) else text.encode(), "GBP").faults.demand_none()
    return str(caught.value).split("\n")


def test_the_segments_of_a_file():
    assert entries_of((HEAD + LOYAL + GONE).encode()) == [
        Entry(4, "loyal", "Loyal", "", "live", rule("orders.count() >= 3"), 4),
        Entry(5, "gone", "Gone", "They\nleft.", "archived", rule("orders.count() >= 1 and orders.count(last 90 days) = 0"), 11),
    ]


@pytest.mark.parametrize(("said", "is_published"), [("true", True), ("false", False)])
def test_what_storefronts_are_told(said, is_published):
    (entry,) = entries_of((HEAD + LOYAL.replace("live", f"live, is_published: {said}")).encode())
    assert entry.is_published is is_published


def test_no_segments():
    assert entries_of(b"version: 1\nbase_currency: GBP\nsegments: []\n") == []


def test_a_mark_of_the_byte_order_is_no_text():
    assert len(entries_of(b"\xef\xbb\xbf" + (HEAD + LOYAL).encode())) == 1


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("- a\n", ["line 1: here must stand a mapping of version, base_currency, segments"]),
        ("version: 1\nsegments: []\n", ["line 1: base_currency must be there"]),
        (
            "version: 2\nbase_currency: USD\nsegments: loyal\n",
            [
                "line 1: this release reads version 1",
                "line 2: the file counts in 'USD', the shop in GBP",
                "line 3: segments must be a list",
            ],
        ),
        ("version: [1]\nbase_currency: {}\nsegments: []\n", ["line 1: this", "line 2: the file counts in …, the shop in GBP"]),
        (f"{HEAD}{LOYAL}owner: me\n", ["line 5: unknown key 'owner'"]),
        (f"{HEAD}- loyal\n", ["line 4: here must stand a mapping of slug, name, description, state, rule"]),
        (
            f"{HEAD}- slug: loyal\n  name: Loyal\n  rules: orders.count() >= 3\n",
            ["line 4, loyal: description, state, rule must be there", "line 6, loyal: unknown key 'rules'"],
        ),
        (
            f"{HEAD}- slug: loyal\n  name: [Loyal]\n  description: ''\n  state: live\n  rule: {{}}\n",
            ["line 5, loyal: name must be a text", "line 8, loyal: rule must be a text"],
        ),
        (
            f"{HEAD}- {{slug: [], name: a, description: b, state: live, rule: orders.count() = 0}}\n",
            ["line 4: slug must be a text"],
        ),
        (
            HEAD + LOYAL.replace("live", "broken") + LOYAL.replace("live", "Draft").replace("loyal", "other"),
            [
                "line 4, loyal: the state 'broken' is none of draft, live, archived",
                "line 5, other: the state 'Draft' is none of draft, live, archived",
            ],
        ),
        (
            HEAD + LOYAL.replace("state: live", "state: live, is_published: yes"),
            ["line 4, loyal: is_published must be true or false"],
        ),
        (HEAD + LOYAL + LOYAL + LOYAL, ["line 5, loyal: stands at line 4 too", "line 6, loyal: stands at line 4 too"]),
        (
            HEAD + GONE.replace("and orders", "customer"),
            ["line 10, gone: rule line 2, column 1: 'customer.count' is not expected here"],
        ),
        (
            f"{HEAD}- {{slug: a b, name: a, description: '', state: live, rule: ''}}\n",
            ["line 4: rule line 1, column 1: "],
        ),
        (
            f"{HEAD}- {{slug: a, name: a, description: '', state: live, rule: orders.share() > 1}}\n",
            ["line 4, a: rule /rules/0/where: "],
        ),
    ],
)
def test_everything_that_is_wrong_is_told_with_its_line(text, problems):
    found = refused(text)
    assert len(found) == len(problems)
    assert [one for one, begins in zip(found, problems, strict=True) if not one.startswith(begins)] == []


@pytest.mark.parametrize(
    ("entry", "unread"),
    [
        (LOYAL.replace(">=", "=>"), {"loyal": "live"}),
        (LOYAL.replace(">=", "=>").replace("live", "archived"), {"loyal": "archived"}),
        (LOYAL.replace("live", "broken"), {"loyal": "live"}),
        (LOYAL.replace("state: live, ", ""), {"loyal": "live"}),
        (LOYAL.replace("slug: loyal", "slug: a b").replace(">=", "=>"), {}),
        ("- loyal\n", {}),
    ],
)
def test_of_what_cannot_be_read_the_state_is_known(entry, unread):
    file = read_file((HEAD + GONE + entry).encode(), "GBP")
    assert ([one.slug for one in file.entries], file.unread, len(file.faults.found)) == (["gone"], unread, 1)


def test_a_file_that_is_too_large():
    assert refused(b"#" * (MAX_BYTES + 1)) == ["the file is larger than 8388608 bytes"]
    assert refused(b"#" * 10_000_000) == ["the file is larger than 8388608 bytes"]


def test_a_file_in_another_encoding():
    assert refused("name: é".encode("latin-1")) == ["the file is not in UTF-8: unexpected end of data"]
    assert refused("name: é".encode("utf-16"))[0].startswith("the file is not in UTF-8: ")
