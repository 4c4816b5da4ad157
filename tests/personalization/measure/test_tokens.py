from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from personalization.measure.tokens import token_of, uid_of

UID = UUID("6a2f41a3-c54c-4e3b-9d3e-5a0c1a2b3c4d")


def test_a_token_leads_back_to_its_list() -> None:
    token = token_of(UID)
    assert len(token) == 38
    assert uid_of(token) == UID


@pytest.mark.parametrize("place", range(38))
def test_a_token_of_which_one_character_is_another_is_none(place: int) -> None:
    token = token_of(UID)
    other = "A" if token[place] != "A" else "B"
    assert uid_of(token[:place] + other + token[place + 1 :]) is None


@pytest.mark.parametrize("forged", ["", "x", "A" * 38, "é" * 38, "A" * 5_000, "\0" * 38, "=" * 38])
def test_what_was_not_made_here_is_none(forged: str) -> None:
    assert uid_of(forged) is None


def test_another_key_makes_other_tokens(settings: Any) -> None:
    token = token_of(UID)
    settings.SECRET_KEY = "another"
    assert uid_of(token) is None
