"""Reasons in words for customers, who never read the owner's names of segments."""

from __future__ import annotations

import pytest

from personalization.visitor.reasons import SENTENCES, Ground, because


def test_a_segment_with_a_name_for_customers_is_named(personalize):
    personalize(SEGMENT_NAMES={"vip": "our regulars"})
    assert because([], ["vip"]) == ("You belong to: our regulars.",)


def test_one_without_is_not(personalize):
    personalize(SEGMENT_NAMES={"vip": "our regulars"})
    assert because(["country"], ["about-to-leave", "vip"]) == (
        "You belong to: our regulars.",
        "It depends on what you ordered or looked at in this shop.",
        "It is for visitors from your country.",
    )


def test_what_is_no_ground_gives_no_reason():
    assert because(["dates", "nonsense"]) == ()


@pytest.mark.parametrize("ground", [ground for ground in Ground if ground != Ground.SEGMENT])
def test_every_ground_has_its_sentence(ground):
    assert because([ground]) == (str(SENTENCES[ground]),)
