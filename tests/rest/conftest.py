"""Who asks the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from segmentation.models import ApiToken
from segmentation.rest.base.keys import issue
from shopdemo.shop.models import User
from tests.cast import NOW


class JsonClient(Client):
    """Sends JSON unless told otherwise."""

    def post(self, path: str, data: Any = None, content_type: str = "application/json", **kwargs: Any) -> Any:
        return super().post(path, {} if data is None else data, content_type, **kwargs)

    def put(self, path: str, data: Any = "", content_type: str = "application/json", **kwargs: Any) -> Any:
        return super().put(path, data, content_type, **kwargs)

    def patch(self, path: str, data: Any = "", content_type: str = "application/json", **kwargs: Any) -> Any:
        return super().patch(path, data, content_type, **kwargs)

    def delete(self, path: str, data: Any = "", content_type: str = "application/json", **kwargs: Any) -> Any:
        return super().delete(path, data, content_type, **kwargs)


@pytest.fixture
def anybody() -> JsonClient:
    """Nobody we know."""
    return JsonClient()


@pytest.fixture
def staff(db: None) -> User:
    """May do everything."""
    return User.objects.create_superuser("owner@shop.test", "secret")


@pytest.fixture
def clerk(db: None) -> Callable[..., User]:
    """Of the staff with these rights alone: `clerk("regulars_segmentation.view_segment")`."""

    def hire(*rights: str, email: str = "clerk@shop.test") -> User:
        user = User.objects.create_user(email, "secret", is_staff=True)
        for right in rights:
            app, codename = right.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        return user

    return hire


@pytest.fixture
def logged_in() -> Callable[[User], JsonClient]:
    """By session."""

    def log_in(user: User) -> JsonClient:
        client = JsonClient()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def api(staff: User, logged_in: Callable[[User], JsonClient]) -> JsonClient:
    """The owner, by session."""
    return logged_in(staff)


@pytest.fixture
def bearer() -> Callable[..., JsonClient]:
    """A machine that acts for somebody: `bearer(staff, "read")`."""

    def shown(user: User, scope: str = ApiToken.Scope.WRITE, **times: Any) -> JsonClient:
        _token, secret = issue("a machine", user, scope, now=NOW, **times)
        return JsonClient(headers={"Authorization": f"Bearer {secret}"})

    return shown
