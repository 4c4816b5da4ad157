from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from segmentation.models import Profile
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def make(key: str, kind: str = "user", **fields) -> Profile:
    return Profile.objects.create(key=key, kind=kind, created_at=NOW, **fields)


def test_a_profile_goes_by_its_key():
    profile = make("user:1")

    assert str(profile) == "user:1"
    assert (profile.shop, profile.customer_id, profile.email, profile.gone_at, profile.revision) == ("default", "", "", None, 0)


def test_a_key_is_once_in_a_shop():
    make("user:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        make("user:1", "guest")
    assert make("user:1", shop="second").pk


def test_people_are_users_and_guests_whom_the_shop_still_knows():
    counted = [make("user:1"), make("guest:1", "guest")]
    make("visitor:1", "visitor")
    make("user:2", gone_at=NOW)
    make("user:1", shop="second")

    assert list(Profile.objects.people("default").order_by("pk")) == counted
    assert Profile.objects.people("second").count() == 1
    assert Profile.objects.people("third").count() == 0


def test_those_who_are_merged_are_read_for_their_names():
    alice, gone = make("user:1"), make("user:2", gone_at=NOW)
    merged = make("visitor:1", "visitor", merged_into=alice)
    forgotten = make("visitor:2", "visitor", merged_into=alice, gone_at=NOW)

    assert set(Profile.objects.present("default")) == {alice}
    assert set(Profile.objects.with_merged("default")) == {alice, merged, forgotten}
    assert [one.is_present for one in (alice, gone, merged)] == [True, False, False]
    assert [one.is_counted for one in (alice, gone, merged)] == [True, True, False]
