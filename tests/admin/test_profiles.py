from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from segmentation.models import Profile, Segment
from segmentation.profiles.masks import masked
from tests.admin.conftest import person, url

LIST = "profile_changelist"


def found(admin: Client, words: str) -> set[Profile]:
    return set(admin.get(url(LIST), {"q": words}).context["cl"].result_list)


def test_people_are_found_by_what_names_them(admin: Client, buyers: Segment) -> None:
    alice, gina = person("alice"), person("gina")
    assert found(admin, alice.key) == {alice}
    assert found(admin, f" {gina.key} ") == {gina}
    assert found(admin, alice.customer_id) == {alice}
    assert found(admin, " GINA@mail.test") == {gina}
    assert found(admin, "Alice@shop.test") == {alice}


def test_a_shop_that_cannot_answer_finds_by_key_all_the_same(admin: Client, buyers: Segment, settings: Any) -> None:
    alice = person("alice")
    settings.SEGMENTATION = {**settings.SEGMENTATION, "SOURCE": "nowhere.Shop"}
    assert found(admin, alice.key) == {alice}
    assert found(admin, "alice@shop.test") == set()


def test_a_customer_id_is_found_by_its_beginning(admin: Client, db: None) -> None:
    made = [
        Profile.objects.create(key=f"user:{name}", kind="user", customer_id=name, created_at=timezone.now())
        for name in ("C-10", "C-11", "X-C-1")
    ]
    assert found(admin, "C-1") == set(made[:2])


@pytest.mark.parametrize("words", ["nobody", "guest:", "gina", "mail.test", "100%", "' or 1=1"])
def test_nobody_is_found_by_a_piece_of_an_address_or_a_key(admin: Client, buyers: Segment, words: str) -> None:
    assert found(admin, words) == set()


def test_the_list_is_the_shops_own(admin: Client, buyers: Segment) -> None:
    stranger = Profile.objects.create(shop="other", key="user:77", kind="user", customer_id="77", created_at=timezone.now())
    assert len(admin.get(url(LIST)).context["cl"].result_list) == 3
    assert found(admin, "user:77") == set()
    assert admin.get(url("profile_change", stranger.pk)).status_code == 302


def test_the_list_shows_no_address(admin: Client, buyers: Segment) -> None:
    assert "mail.test" not in admin.get(url(LIST)).content.decode()


def test_the_list_costs_few_queries(admin: Client, buyers: Segment) -> None:
    with CaptureQueriesContext(connection) as queries:
        admin.get(url(LIST), {"q": "1"})
    assert len(queries) <= 5


def test_nobody_edits_a_profile(admin: Client, buyers: Segment) -> None:
    alice = person("alice")
    assert admin.get(url("profile_add")).status_code == 403
    assert admin.post(url("profile_change", alice.pk), {"customer_id": "9"}).status_code == 403
    assert admin.post(url("profile_delete", alice.pk), {"post": "yes"}).status_code == 403


def test_looking_needs_the_right(staff: Callable[..., Client], buyers: Segment) -> None:
    browser = staff("view_segment")
    assert browser.get(url(LIST)).status_code == 403
    assert browser.get(url("profile_change", person("alice").pk)).status_code == 403


# Addresses


def test_the_address_of_a_guest_is_masked(staff: Callable[..., Client], buyers: Segment) -> None:
    page = staff("view_profile").get(url("profile_change", person("gina").pk)).content.decode()
    assert "g•••@mail.test" in page
    assert "gina@mail.test" not in page


def test_who_may_see_addresses_sees_it(staff: Callable[..., Client], buyers: Segment) -> None:
    page = staff("view_profile", "view_email").get(url("profile_change", person("gina").pk)).content.decode()
    assert "gina@mail.test" in page


@pytest.mark.parametrize(
    ("email", "shown"), [("gina@mail.test", "g•••@mail.test"), ("@x", "•••@x"), ('"a@b"@c.test', '"•••@c.test'), ("", "")]
)
def test_masks(email: str, shown: str) -> None:
    assert masked(email) == shown
