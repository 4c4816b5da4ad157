"""docs/rest-content.md: every call of it, in its order, and answers of the shape that it shows."""

from __future__ import annotations

import pytest
from django.test import Client

from personalization import tasks
from segmentation.models import Profile
from shopdemo.shop.models import Category, Product, User
from tests.cast import NOW
from tests.personalization.admin.recommending import make_version
from tests.project.calling import answers, ask, calls

pytestmark = pytest.mark.django_db

PAGE = "rest-content.md"


def test_every_call_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for task in (tasks.train_recommender, tasks.catch_up):
        monkeypatch.setattr(task, "apply_async", lambda *args, **said: None)
    lights = Category.objects.create(name="Lighting & Candles", slug="lighting")
    Product.objects.create(code="L", title="Lamp", category=lights, price="5.00", stock=9)
    User.objects.create_user("customer@shop.test", pk=173)
    Profile.objects.create(key="user:173", kind=Profile.Kind.USER, customer_id="173", created_at=NOW)
    make_version(1, "active")
    client = Client()
    client.force_login(User.objects.create_superuser("admin@example.com"))

    assert len(calls(PAGE)) == 21
    answered = []
    for words, status in calls(PAGE):
        response = ask(client, words)
        assert response.status_code in status, (words, response.content)
        answered.append(response.json() if response.content else None)
    shapes = [set(each) for each in answered if isinstance(each, dict)]
    assert [each for each in map(set, answers(PAGE)) if each not in shapes] == []
