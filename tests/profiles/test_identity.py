from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

import pytest

from segmentation.models import Profile
from segmentation.profiles import guest_key, sync, user_key
from segmentation.profiles.identity import find_person, is_named, nameable, profile_of_customer, profile_of_guest
from tests.cast import NOW, key_of, profile_of


def hashed(secret: str, email: str) -> str:
    return "guest:" + hmac.new(secret.encode(), email.encode(), hashlib.sha256).hexdigest()[:32]


@pytest.mark.parametrize(
    ("customer_id", "key"),
    [
        (7, "user:7"),
        ("anna", "user:anna"),
        (UUID("00000000-0000-0000-0000-00000000000a"), "user:00000000-0000-0000-0000-00000000000a"),
    ],
)
def test_the_key_of_a_customer_of_any_type(customer_id, key):
    assert user_key(customer_id) == key


def test_the_key_of_a_guest_is_a_keyed_hash(configure):
    configure(KEY="pepper")

    assert guest_key("dan@guest.test") == "guest:2a8ab703c3e5cdaf44eb26d337c4f5e9"
    assert guest_key("dan@guest.test") == hashed("pepper", "dan@guest.test")


def test_the_key_of_a_guest_uses_djangos_secret_by_default(settings):
    settings.SECRET_KEY = "salt"

    assert guest_key("dan@guest.test") == hashed("salt", "dan@guest.test")


@pytest.mark.parametrize("spelling", ["dan@guest.test", " Dan@Guest.TEST\t", "DAN@GUEST.TEST"])
def test_all_spellings_of_an_address_are_one_guest(spelling):
    assert guest_key(spelling) == guest_key("dan@guest.test")


def test_an_address_is_composed_before_it_is_hashed():
    assert guest_key("e\u0301va@guest.test") == guest_key("\u00c9va@guest.test")


@pytest.mark.parametrize("other", ["dan@guest.tes", "dan+1@guest.test", "d an@guest.test"])
def test_another_address_is_another_guest(other):
    assert guest_key(other) != guest_key("dan@guest.test")


def test_the_key_does_not_hold_the_address():
    assert "dan" not in guest_key("dan@guest.test")


def test_an_unsaved_profile_of_a_customer():
    made = profile_of_customer(7, "second", NOW)

    assert (made.shop, made.key, made.kind, made.customer_id, made.email) == ("second", "user:7", "user", "7", "")
    assert (made.created_at, made.gone_at, made.pk) == (NOW, None, None)


def test_an_unsaved_profile_of_a_guest():
    made = profile_of_guest(" Dan@Guest.test", "second", NOW)

    assert (made.shop, made.key, made.kind) == ("second", guest_key("dan@guest.test"), "guest")
    assert (made.customer_id, made.email, made.created_at, made.pk) == ("", "dan@guest.test", NOW, None)


@pytest.mark.parametrize(("key", "named"), [(None, False), ("", False), (0, True), ("0", True), (" ", True)])
def test_what_names_a_customer(key, named):
    assert is_named(key) is named


def test_ids_that_are_too_long_name_nobody():
    assert nameable([5, "a" * 240, "b" * 241, ""]) == ["5", "a" * 240]


def test_the_longest_id_fits_its_columns():
    made = profile_of_customer("a" * 240, "default", NOW)

    made.clean_fields()
    assert len(made.key) == 245


def test_a_person_is_found_by_key_by_customer_id_and_as_a_guest_by_address(cast):
    sync(now=NOW)
    alice, dan = profile_of(cast["alice"]), profile_of(cast["dan"])

    assert find_person(alice.key, "default") == alice
    assert find_person(alice.customer_id, "default") == alice
    assert find_person(dan.key, "default") == dan
    assert find_person("DAN@guest.test ", "default") == dan


@pytest.mark.parametrize("text", ["", "nobody", "nobody@guest.test", "user:0", "guest:0"])
def test_nobody_is_found_by_what_names_nobody(cast, text):
    sync(now=NOW)

    assert find_person(text, "default") is None


def test_a_person_of_another_shop_is_not_found(alice):
    sync(now=NOW)
    Profile.objects.update(shop="second")

    assert find_person(key_of(alice), "default") is None
    assert find_person(key_of(alice), "second") == profile_of(alice)
