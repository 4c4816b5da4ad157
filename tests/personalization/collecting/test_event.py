from __future__ import annotations

import msgspec
import pytest

from personalization.collecting.event import CLICK, KINDS, read_event
from personalization.collecting.wrong import CannotTake
from segmentation.activity import Kind

VIEW = {"id": "12345678", "kind": "view", "product": "7"}


def wrong(**said):
    """(pointer, code) of what is wrong with a view that says this too; None leaves out."""
    event = {name: value for name, value in {**VIEW, **said}.items() if value is not None}
    with pytest.raises(CannotTake) as raised:
        read_event(msgspec.json.encode(event))
    return raised.value.wrong.pointer, raised.value.wrong.code


def test_every_kind_that_we_know_can_be_told():
    assert set(KINDS) == {*Kind, CLICK}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"id": None}, ("/id", "required")),
        ({"id": "1234567"}, ("/id", "invalid")),
        ({"id": "1" * 65}, ("/id", "invalid")),
        ({"id": "1234 5678"}, ("/id", "invalid")),
        ({"id": "12345678\n"}, ("/id", "invalid")),
        ({"id": "undefined"}, ("/id", "invalid")),
        ({"id": "00000000"}, ("/id", "invalid")),
        ({"id": 12345678}, ("/id", "invalid")),
        ({"kind": None}, ("/kind", "required")),
        ({"kind": "nonsense"}, ("/kind", "unknown-kind")),
        ({"kind": "View"}, ("/kind", "unknown-kind")),
        ({"kind": "order"}, ("/kind", "server-only")),
        ({"kind": "purchase"}, ("/kind", "server-only")),
        ({"kind": "v" * 33}, ("/kind", "invalid")),
        ({"product": None}, ("/product", "required")),
        ({"kind": "add_to_cart", "product": None, "category": "Lamps"}, ("/product", "required")),
        ({"kind": "search"}, ("/product", "unexpected-property")),
        ({"kind": "search", "product": None}, ("/query", "required")),
        ({"kind": CLICK, "product": None, "shown": "x"}, ("/place", "required")),
        ({"kind": CLICK, "product": None, "shown": "x", "place": 0}, ("/place", "invalid")),
        ({"page": "/"}, ("/page", "unexpected-property")),
        ({"product": 7}, ("/product", "invalid")),
        ({"product": ""}, ("/product", "invalid")),
        ({"product": "7" * 241}, ("/product", "invalid")),
        ({"category": ["Lamps"]}, ("/category", "invalid")),
        ({"at": "2026-06-01T12:00:00"}, ("/at", "invalid")),
        ({"at": 1780000000}, ("/at", "invalid")),
        ({"value": "NaN"}, ("/value", "invalid")),
        ({"value": "1e14"}, ("/value", "invalid")),
        ({"value": "-100000000000000"}, ("/value", "invalid")),
        ({"value": True}, ("/value", "invalid")),
        ({"price": 5}, ("/price", "unknown-property")),
        ({"a/b~": 5}, ("", "unknown-property")),
        ({"product": "anna@example.com"}, ("/product", "personal-data")),
        ({"category": "4111 1111 1111 1111"}, ("/category", "personal-data")),
        ({"kind": "search", "product": None, "query": "+33 6 12 34 56 78"}, ("/query", "personal-data")),
    ],
)
def test_what_no_event_may(said, expected):
    assert wrong(**said) == expected


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b'"view"', b"\xff", b'{"id": "\\ud800"}', b'{"value": 1e9999999999}'])
def test_what_is_no_event(raw):
    with pytest.raises(CannotTake):
        read_event(raw)


def test_the_names_of_properties_are_all_that_is_repeated():
    with pytest.raises(CannotTake) as raised:
        read_event(b'{"id": "12345678", "kind": "view", "secret@example.com": 1}')
    assert (raised.value.wrong.pointer, raised.value.wrong.detail) == ("", "Unknown field")
