from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from personalization.models import Slot, Variant
from shopdemo.shop.models import User
from tests.admin.conftest import admin, owner, people
from tests.personalization.content.conftest import personalise

__all__ = ["admin", "owner", "people", "personalise"]


def url(name: str, *args: Any) -> str:
    """An admin page of ours."""
    return reverse(f"admin:regulars_personalization_{name}", args=args)


def slot_form(**changes: Any) -> dict[str, Any]:
    """What a browser sends for a slot."""
    sent: dict[str, Any] = {"name": "Hero", "slug": "hero", "kind": "banner", "mode": "fragment", "size": "l", "is_active": "on"}
    return sent | {"popup_delay": 10, "popup_scroll": 25, "popup_times": 1, "popup_days": 7} | changes


def variant_form(slot: Slot, **changes: Any) -> dict[str, Any]:
    """What a browser sends for a live variant."""
    sent = {
        "slot": slot.pk,
        "name": "Autumn",
        "slug": "autumn",
        "state": "live",
        "priority": 0,
        "body": "fields",
        "heading": "Hi",
    }
    return sent | changes


@pytest.fixture
def staff(db: None) -> Callable[..., Client]:
    """Logs in somebody of the staff with these permissions of ours."""

    def log_in(*permissions: str) -> Client:
        user = User.objects.create_user(f"{'-'.join(permissions)}@shop.test", is_staff=True)
        rights = Permission.objects.filter(codename__in=permissions, content_type__app_label="regulars_personalization")
        assert len(rights) == len(permissions)
        user.user_permissions.set(rights)
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def problems(admin: Any) -> Callable[..., dict[str, list[str]]]:
    """Sends a form for a new variant and gives what is wrong with it; nothing if it was saved."""

    def send(slot: Slot, **changes: Any) -> dict[str, list[str]]:
        response = admin.post(url("variant_add"), variant_form(slot, **changes))
        if response.status_code == 302:
            Variant.objects.latest("pk").delete()
            return {}
        assert response.status_code == 200
        return {field: list(errors) for field, errors in response.context["adminform"].form.errors.items()}

    return send
