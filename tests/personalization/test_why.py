"""Why do I see this? In words for customers, with the way to switch it off."""

from __future__ import annotations

import pytest

from segmentation.models import Consent
from tests.personalization.conftest import agree, text
from tests.personalization.content.making import make_slot, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def hero(vip):
    """A slot with a variant for members and a default."""
    slot = make_slot("hero", mode="inline")
    make_variant(slot, "members", segments={"any": [vip]}, seasons=["spring", "summer", "autumn", "winter"])
    return slot


def test_a_member_is_told_by_the_name_for_customers(browser, hero, vip, alice, join, personalize):
    personalize(SEGMENT_NAMES={"vip": "our regulars"})
    join(vip, alice)
    browser.force_login(alice)
    page = text(browser.get("/personalization/why/hero/"))
    assert "<li>You belong to: our regulars.</li>" in page
    assert "<li>It fits the season where you are.</li>" in page


def test_the_owners_name_of_a_segment_is_not_told(browser, hero, vip, alice, join):
    join(vip, alice)
    browser.force_login(alice)
    page = text(browser.get("/personalization/why/hero/"))
    assert "It depends on what you ordered or looked at in this shop." in page
    assert "vip" not in page


def test_what_everybody_sees_has_no_reason(browser, hero):
    assert "Everybody sees this" in text(browser.get("/personalization/why/hero/"))


def test_a_slot_that_there_is_none_of(browser, hero):
    assert browser.get("/personalization/why/nothing/").status_code == 404


def test_the_switch_is_a_withdrawal_of_profiling_alone(browser, hero, alice, personalize):
    personalize(PURPOSES=["profiling", "newsletter"])
    browser.force_login(alice)
    agree(browser)
    assert 'name="purpose-profiling" value="no"' in text(browser.get("/personalization/why/hero/"))
    browser.post("/personalization/consent/", {"purpose-profiling": "no"})
    last = {receipt.purpose: receipt.granted for receipt in Consent.objects.order_by("pk")}
    assert last == {"profiling": False, "newsletter": True}
    assert "is switched off" in text(browser.get("/personalization/why/hero/"))
