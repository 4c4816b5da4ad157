from __future__ import annotations

from typing import Any

import pytest

from personalization.content import why
from personalization.content.snapshot import Published
from personalization.content.why import reasons_for
from tests.personalization.content.making import NOW, default, slot_of, somebody, variant, words


@pytest.fixture(autouse=True)
def live(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot for French members of a segment called lapsing, and one that goes by keys."""
    aimed = variant(1, countries=["FR"], any_segments=["lapsing"])
    slots = {
        "hero": slot_of(aimed, default()),
        "keyed": slot_of(variant(2, seasons=["summer"]), default(), mode="variant"),
        "empty": slot_of(aimed),
        "named": slot_of(default(words("Hi {{ first_name }}"))),
    }
    monkeypatch.setattr(why, "published", lambda: Published(slots))


def test_a_target_is_told_without_the_owners_names(personalise: Any) -> None:
    member = somebody(segments=frozenset({"lapsing"}))
    told = reasons_for("hero", member, NOW)
    assert told is not None
    assert set(told) == {
        "It depends on what you ordered or looked at in this shop.",
        "It is for visitors from your country.",
    }
    personalise(SEGMENT_NAMES={"lapsing": "Friends of the house"})
    assert "You belong to: Friends of the house." in (reasons_for("hero", member, NOW) or ())


def test_what_everybody_sees_has_no_reason() -> None:
    assert reasons_for("hero", somebody(), NOW) == ()
    assert reasons_for("empty", somebody(), NOW) == ()
    assert reasons_for("nowhere", somebody(), NOW) is None


def test_what_tokens_say_is_told() -> None:
    assert reasons_for("named", somebody(), NOW) == ("It mentions the first name of the account.",)


def test_a_slot_with_keys_goes_by_the_key() -> None:
    assert reasons_for("keyed", somebody(), NOW) == ()
    assert reasons_for("keyed", somebody(season="winter"), NOW, frozenset({2})) == ("It fits the season where you are.",)
