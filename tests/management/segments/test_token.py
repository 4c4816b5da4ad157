from __future__ import annotations

import pytest

from segmentation.models import ApiToken
from segmentation.rest.base.keys import digest
from shopdemo.shop.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return User.objects.create_superuser("owner@shop.test")


def test_make_list_and_revoke(segments, owner) -> None:
    made = segments("token", "make", "till", "--user", "owner@shop.test", "--write", "--days", "10")
    secret = made.out.strip()
    token = ApiToken.objects.get()
    assert (token.digest, token.scope, token.name, token.user) == (digest(secret), "write", "till", owner)
    assert (token.expires_at - token.created_at).days == 10
    assert "shown this once" in made.err
    (row,) = segments("token", "list", "--json").data
    assert (row["id"], row["user"], row["state"], "secret" in row) == (token.pk, "owner@shop.test", "good", False)
    assert secret not in segments("token", "list").out
    assert segments("token", "revoke", str(token.pk), "--json").data["state"] == "revoked"


def test_for_ever_and_only_to_read(segments, owner) -> None:
    data = segments("token", "make", "till", "--user", "owner@shop.test", "--days", "0", "--json").data
    assert (data["expires_at"], data["scope"], data["secret"][:8]) == (None, "read", data["hint"])


def test_what_cannot_be(segments, owner) -> None:
    User.objects.create_user("alice@shop.test")
    assert segments("token", "make", "till", "--user", "nobody@shop.test").code == 1
    assert segments("token", "make", "till", "--user", "alice@shop.test").code == 1
    assert segments("token", "make", "", "--user", "owner@shop.test").code == 2
    assert segments("token", "revoke", "7").code == 1
    assert not ApiToken.objects.exists()
