from __future__ import annotations

import pytest

from segmentation.models import Profile
from shopdemo.shop.models import User
from tests.management.conftest import Terminal


@pytest.mark.usefixtures("alice", "bob", "carol", "dan")
def test_everybody_gets_a_profile(segments, alice):
    ran = segments("sync", "--json")

    assert ran.data == {"created": 4, "returned": 0, "gone": 0, "people": 4}
    assert (ran.err, ran.code) == ("", 0)
    assert Profile.objects.filter(key=f"user:{alice.pk}").exists()


@pytest.mark.usefixtures("people")
def test_who_went_and_who_came_back(segments, carol):
    User.objects.filter(pk=carol.pk).update(is_active=False)
    assert segments("sync", "--json").data == {"created": 0, "returned": 0, "gone": 1, "people": 3}

    User.objects.filter(pk=carol.pk).update(is_active=True)
    assert segments("sync", "--json").data == {"created": 0, "returned": 1, "gone": 0, "people": 4}


@pytest.mark.usefixtures("alice", "bob")
def test_for_people(segments):
    assert segments("sync").out == "created 2, returned 0, gone 0; people 2\n"


@pytest.mark.usefixtures("alice", "bob")
def test_progress_on_a_terminal(segments):
    ran = segments("sync", out=Terminal())

    assert ran.out == "\rprofiles 2 / 2\ncreated 2, returned 0, gone 0; people 2\n"


@pytest.mark.usefixtures("alice", "bob")
def test_no_progress_in_json(segments):
    assert segments("sync", "--json", out=Terminal()).data["people"] == 2


def test_an_empty_shop(segments, db):
    assert segments("sync", "--json").data == {"created": 0, "returned": 0, "gone": 0, "people": 0}
