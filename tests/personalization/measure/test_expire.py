from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from personalization import tasks
from personalization.measure.expire import Expired, expire_shown
from personalization.models import Click, ShownList
from segmentation.models import Profile
from tests.cast import NOW
from tests.personalization.measure.conftest import make_shown

pytestmark = pytest.mark.django_db


def profile(key: str, **fields: object) -> Profile:
    return Profile.objects.create(key=key, kind=Profile.Kind.VISITOR, created_at=NOW, **fields)


def test_what_is_old_is_deleted_with_its_clicks() -> None:
    old, kept = make_shown("7", at=NOW - timedelta(401)), make_shown("8", at=NOW - timedelta(399))
    for shown in (old, kept):
        Click.objects.create(shown=shown, position=1, product_id="7", at=NOW)
    make_shown("7", at=NOW - timedelta(401), shop="other")
    assert expire_shown(now=NOW) == Expired(1, 0)
    assert set(ShownList.objects.values_list("shop", "at")) == {("default", kept.at), ("other", NOW - timedelta(401))}
    assert list(Click.objects.values_list("shown", flat=True)) == [kept.pk]
    assert expire_shown(now=NOW) == Expired(0, 0)


def test_days_are_the_shops_to_say(personalize: Any) -> None:
    personalize(SHOWN_DAYS=2)
    make_shown("7", at=NOW - timedelta(3))
    make_shown("7", at=NOW - timedelta(1))
    assert expire_shown(now=NOW) == Expired(1, 0)


def test_more_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("personalization.measure.expire.BATCH", 2)
    for _ in range(5):
        make_shown("7", at=NOW - timedelta(500))
        make_shown("7", person="visitor:gone")
    assert expire_shown(now=NOW) == Expired(5, 5)


def test_of_whom_may_no_longer_be_followed_nothing_names_them() -> None:
    profile("visitor:yes", profiling=True)
    profile("visitor:silent")
    refusing = profile("visitor:no", profiling=False)
    profile("visitor:merged", profiling=True, merged_into=refusing)
    for person in ("yes", "silent", "no", "merged", "gone"):
        make_shown("7", person=f"visitor:{person}")
    make_shown("7", person="")
    assert expire_shown(now=NOW) == Expired(0, 3)
    named = ShownList.objects.exclude(person="").order_by("pk")
    assert list(named.values_list("person", flat=True)) == ["visitor:yes", "visitor:silent"]


def test_a_task_does_it() -> None:
    make_shown("7", at=NOW - timedelta(1_000))
    assert tasks.expire_shown.name == "personalization.tasks.expire_shown"
    tasks.expire_shown.delay()
    assert not ShownList.objects.exists()
