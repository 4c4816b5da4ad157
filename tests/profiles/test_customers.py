from __future__ import annotations

import pytest

from segmentation.models import Profile
from segmentation.profiles.customers import profile_for_customer
from tests.cast import NOW, ago, profile_of

pytestmark = pytest.mark.django_db


def test_a_customer_whom_we_do_not_know_yet(alice, django_assert_num_queries):
    profile = profile_for_customer(alice.pk, now=NOW)

    assert profile == profile_of(alice)
    assert profile.created_at == NOW
    with django_assert_num_queries(1):
        assert profile_for_customer(str(alice.pk), now=ago(-1)) == profile
    assert Profile.objects.count() == 1


@pytest.mark.parametrize("customer_id", [999999, "", None])
def test_whoever_is_no_customer(db, customer_id):
    assert profile_for_customer(customer_id, now=NOW) is None
    assert not Profile.objects.exists()


def test_staff_are_no_customers(alice):
    alice.is_staff = True
    alice.save()

    assert profile_for_customer(alice.pk, now=NOW) is None
