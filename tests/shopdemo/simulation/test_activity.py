from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F, Q

from segmentation.models import Activity, Consent, Profile
from shopdemo.progress import silent
from shopdemo.shop.models import DataLoad, Product, User
from shopdemo.simulation.activity import METHOD, VISITORS, WITHIN, add_activity
from tests.shopdemo.conftest import NOW

pytestmark = pytest.mark.django_db


def test_everybody_of_whom_something_is_remembered_agreed(small_shop: DataLoad) -> None:
    agreed = Profile.objects.filter(profiling=True)
    assert set(Activity.objects.exclude(customer="").values_list("customer", flat=True)) <= set(
        agreed.filter(kind="user").values_list("customer_id", flat=True)
    )
    assert agreed.filter(kind="visitor").count() == VISITORS
    assert Profile.objects.filter(profiling=False).exists()
    assert not Profile.objects.filter(profiling=None, kind="visitor").exists()


def test_each_word_has_its_receipt_and_is_marked(small_shop: DataLoad) -> None:
    said = Consent.objects.filter(purpose="profiling", method=METHOD, granted=F("profile__profiling"))
    assert said.count() == Consent.objects.count() == Profile.objects.exclude(profiling=None).count()
    assert not Activity.objects.exclude(uid__startswith="simulated:").exists()


def test_all_of_it_lies_within_sixty_days_up_to_the_end(small_shop: DataLoad) -> None:
    end = small_shop.last_at
    assert not Activity.objects.exclude(at__range=(end - WITHIN, end)).exists()
    assert not Profile.objects.filter(seen_at__gt=end).exists()


def test_visits_say_by_which_way_and_with_what_somebody_came(small_shop: DataLoad) -> None:
    visits = Activity.objects.filter(kind="visit")
    assert set(visits.values_list("channel", flat=True)) == {"direct", "search", "email", "social", "referral"}
    assert set(Activity.objects.values_list("device", flat=True)) == {"phone", "desktop", "tablet"}
    assert not visits.filter(Q(channel="email") & ~Q(utm_medium="email")).exists()
    views = Activity.objects.filter(kind="view")
    codes = {str(pk) for pk in Product.objects.values_list("pk", flat=True)}
    assert set(views.values_list("product_id", flat=True)) <= codes
    assert set(Activity.objects.values_list("kind", flat=True)) == {"visit", "view", "search", "add_to_cart"}


def test_whoever_searches_looks_at_what_is_called_so(small_shop: DataLoad) -> None:
    titles = {str(pk): title.lower() for pk, title in Product.objects.values_list("pk", "title")}
    searches = Activity.objects.filter(kind="search", query="christmas")
    looked = [
        titles[view.product_id]
        for search in searches
        for view in Activity.objects.filter(
            kind="view",
            customer=search.customer,
            visitor=search.visitor,
            at__gt=search.at,
            at__lt=search.at + timedelta(minutes=10),
        )
    ]
    assert len(looked) > 10
    assert 1 < len(set(looked)) <= 24
    assert [title for title in looked if "christmas" not in title] == []


def test_it_is_always_the_same(db: None) -> None:
    users = [User.objects.create_user(f"{name}@example.com", country="GB") for name in "abcdefgh"]
    told = []
    for _ in range(2):
        for model in (Activity, Consent, Profile):
            model.objects.all().delete()
        add_activity(users, [(1, "Lamps", "RED LAMP"), (2, "Bags", "LUNCH BAG")], NOW, silent)
        told.append(list(Activity.objects.order_by("uid").values_list("uid", "kind", "at", "device", "channel", "product_id")))
    assert told[0] == told[1]
    assert len(told[0]) > VISITORS
    assert max(row[2] for row in told[0]) <= NOW
    assert min(row[2] for row in told[0]) >= NOW - timedelta(days=60)
