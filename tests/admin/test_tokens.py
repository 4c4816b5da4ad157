from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from segmentation.models import ApiToken
from segmentation.rest.base.keys import digest, issue
from shopdemo.shop.models import User
from tests.statements import reading

pytestmark = pytest.mark.django_db
LIST = reverse("admin:regulars_segmentation_apitoken_changelist")
ADD = reverse("admin:regulars_segmentation_apitoken_add")


def page_of(token):
    return reverse("admin:regulars_segmentation_apitoken_change", args=[token.pk])


def make(browser, user, **fields):
    return browser.post(
        ADD, {"name": "till", "user": user.pk, "scope": "write", "expires_at_0": "", "expires_at_1": "", **fields}
    )


def test_the_secret_is_shown_once(admin, owner) -> None:
    response = make(admin, owner)
    assert response.status_code == 200
    (secret,) = re.findall(r'<code id="secret">(rgs_[\w-]{43})</code>', response.content.decode())
    token = ApiToken.objects.get()
    assert (token.digest, token.user, token.scope, token.shop) == (digest(secret), owner, "write", "default")
    assert "no-store" in response["Cache-Control"]
    later = [admin.get(address).content.decode() for address in (LIST, page_of(token))]
    assert not any(secret in text or token.digest in text for text in later)
    assert secret[:8] in later[0]
    assert secret not in LogEntry.objects.get().get_change_message()
    assert admin.get("/api/segments/", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_it_ends_in_a_year_unless_said_otherwise(admin, owner) -> None:
    form = admin.get(ADD).context["adminform"].form
    assert form.base_fields["expires_at"].initial - timezone.now() > timedelta(days=364)
    over = make(admin, owner, expires_at_0="2020-01-01", expires_at_1="00:00")
    assert over.context["errors"]
    assert not ApiToken.objects.exists()


def test_who_may_add_makes_and_sees_only_their_own(staff, owner) -> None:
    browser = staff("add_apitoken")
    clerk = User.objects.get(email="staff@shop.test")
    others, _secret = issue("of the owner", owner, "read", now=timezone.now())
    assert make(browser, owner).context["errors"]
    assert "secret" in make(browser, clerk).context
    shown = browser.get(LIST).content.decode()
    assert ("of the owner" in shown, "till" in shown) == (False, True)
    assert browser.get(page_of(others)).status_code == 302
    browser.post(page_of(others), {"_revoke": "1"})
    browser.post(LIST, {"action": "revoke_chosen", "_selected_action": [others.pk]})
    others.refresh_from_db()
    assert others.revoked_at is None


def test_nobody_makes_a_token_of_whoever_may_do_more(staff, owner) -> None:
    browser = staff("add_apitoken", "change_apitoken", "view_apitoken")
    less = User.objects.create_user("less@shop.test", is_staff=True)
    assert make(browser, owner).context["errors"]
    assert not ApiToken.objects.exists()
    assert "secret" in make(browser, less).context


def test_customers_have_no_tokens(admin, owner) -> None:
    customer = User.objects.create_user("customer@shop.test")
    assert make(admin, customer).context["errors"]


def test_it_is_revoked_by_its_page_and_in_the_list(admin, owner) -> None:
    first, second = (issue(name, owner, "read", now=timezone.now())[0] for name in "ab")
    assert "_revoke" in admin.get(page_of(first)).content.decode()
    assert admin.post(page_of(first), {"_revoke": "1"}).status_code == 302
    admin.post(LIST, {"action": "revoke_chosen", "_selected_action": [first.pk, second.pk]})
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert [row.get_change_message() for row in LogEntry.objects.order_by("pk")] == ["Revoked.", "Revoked."]
    assert "_revoke" not in admin.get(page_of(first)).content.decode()


def test_nothing_of_it_can_be_changed(admin, owner) -> None:
    token, _secret = issue("a", owner, "read", now=timezone.now())
    assert admin.get(page_of(token)).context["adminform"].form.fields == {}


def test_who_may_nothing_sees_nothing(staff, owner) -> None:
    assert staff().get(LIST).status_code == 403


def test_the_list_is_a_handful_of_queries(admin, owner) -> None:
    for name in "abcdef":
        issue(name, owner, "read", now=timezone.now())
    admin.get(LIST)
    with reading(5):
        admin.get(LIST)
