from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from segmentation.membership import override
from segmentation.models import Segment
from shopdemo.shop.models import User
from tests.admin.conftest import person, url

LIST = "override_changelist"


def test_words_that_stand_are_listed(admin: Client, owner: User, loyal: Segment, django_assert_max_num_queries: Any) -> None:
    now = timezone.now()
    override(loyal, person("bob"), included=True, by=owner, reason="Helped us", now=now)
    override(loyal, person("alice"), included=False, by=owner, now=now)
    with django_assert_max_num_queries(4):
        response = admin.get(url(LIST))
    page = response.context["cl"].model_admin
    rows = [(row.profile, page.word(row), row.reason, row.by) for row in response.context["cl"].result_list]
    assert rows == [(person("alice"), "never in", "", owner), (person("bob"), "always in", "Helped us", owner)]
    assert f'<a href="{url("profile_why", person("bob").pk, loyal.pk)}">' in response.content.decode()


def test_nobody_edits_them_here(admin: Client, loyal: Segment) -> None:
    said = override(loyal, person("bob"), included=True, now=timezone.now())
    assert admin.get(url("override_add")).status_code == 403
    assert admin.post(url("override_change", said.pk), {}).status_code == 403
    assert admin.post(url("override_delete", said.pk), {"post": "yes"}).status_code == 403
