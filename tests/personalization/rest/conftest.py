"""Callers of the front API: a browser with a session, and a front on another origin that has a token alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from segmentation.models import Profile
from segmentation.profiles import user_key
from shopdemo.shop.models import User
from tests.cast import NOW
from tests.personalization.conftest import BROWSER, profile_for

API = "/api"


@pytest.fixture(autouse=True)
def shop(settings: Any, configure: Callable[..., None]) -> Iterator[None]:
    """The demo's addresses, at NOW, in a shop that asks before it follows anybody."""
    settings.ROOT_URLCONF = "tests.personalization.rest.urls"
    configure(PROFILING_CONSENT="activity")
    with time_machine.travel(NOW, tick=False):
        yield


class Front:
    """A front on another origin: no cookies, a token that each answer may change."""

    def __init__(self, token: str = "new", **headers: str) -> None:
        self.token = token
        self.headers = {"User-Agent": BROWSER, **{name.replace("_", "-"): text for name, text in headers.items()}}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response; a token in it is kept."""
        client = Client(headers={**self.headers, "Regulars-Visitor": self.token}, enforce_csrf_checks=True)
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        response = getattr(client, method)(f"{API}/{path}", **sent, headers=headers)
        assert not client.cookies, client.cookies
        self.token = response.headers.get("Regulars-Visitor", self.token)
        return response

    def get(self, path: str, **headers: str) -> Any:
        """What is there, as JSON."""
        response = self.ask("get", path, **headers)
        assert response.status_code == 200, response.content
        return response.json()

    def put(self, path: str, body: Any) -> Any:
        """What comes of it, as JSON."""
        response = self.ask("put", path, body)
        assert response.status_code == 200, response.content
        return response.json()

    def agree(self, word: bool = True) -> Any:
        """Say yes, or no."""
        return self.put("consent/", {"words": {"profiling": word}})


@pytest.fixture
def front() -> Front:
    """A front that nobody used before."""
    return Front()


class Browser(Client):
    """The same with a session, on the shop's own site."""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response."""
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(self, method)(f"{API}/{path}", **sent, headers=headers)

    def read(self, path: str, **headers: str) -> Any:
        """What is there, as JSON."""
        response = self.ask("get", path, **headers)
        assert response.status_code == 200, response.content
        return response.json()


def session_of(user: User | None = None, *, agrees: bool | None = True, **headers: str) -> Browser:
    """A browser in which they are logged in, and what their account said of profiling."""
    browser = Browser(headers={"User-Agent": BROWSER, **{name.replace("_", "-"): text for name, text in headers.items()}})
    if user is not None:
        profile_for(user)
        Profile.objects.filter(key=user_key(user.pk)).update(profiling=agrees)
        browser.force_login(user)
    return browser


def problem(response: Any) -> tuple[int, str, list[str]]:
    """Status, code and pointers of what went wrong."""
    said = response.json()
    assert response.headers["Content-Type"].startswith("application/problem+json")
    pointers = [each.get("pointer") or each.get("parameter", "") for each in said.get("errors", [])]
    return response.status_code, said["type"].removeprefix("urn:regulars:problem:"), pointers
