"""Somebody who looks at the pages of `tests.personalization.storefront`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from personalization.content.published import publisher as slots
from personalization.recommend.lists import memory
from personalization.recommend.serving.merchandising import publisher as merchandising
from personalization.recommend.shelf import shelf
from personalization.visitor.told import publisher as told
from segmentation.models import Profile, Segment
from segmentation.profiles import user_key
from segmentation.testing import make_segment
from shopdemo.shop.models import User
from tests.cast import NOW

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """A process remembers slots, products, lists and rules; a test does not inherit them."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    cache.clear()
    for remembering in (slots, merchandising, memory, shelf, told):
        remembering.forget()


@pytest.fixture
def storefront(settings: Any, configure: Callable[..., None]) -> Iterator[None]:
    """The pages, an empty cache, and a shop that asks before it follows anybody."""
    settings.ROOT_URLCONF = "tests.personalization.storefront"
    configure(PROFILING_CONSENT="activity")
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def personalize(settings: Any) -> Callable[..., None]:
    """Change settings of PERSONALIZATION for one test: `personalize(SIGNATURE="session")`."""

    def change(**changed: object) -> None:
        settings.PERSONALIZATION = {**settings.PERSONALIZATION, **changed}

    return change


@pytest.fixture
def browser_of(storefront: None) -> Callable[..., Client]:
    """A new browser, with these headers."""

    def make(**headers: str) -> Client:
        return Client(headers={"User-Agent": BROWSER, **{name.replace("_", "-"): text for name, text in headers.items()}})

    return make


@pytest.fixture
def browser(browser_of: Callable[..., Client]) -> Client:
    """A browser that nobody used before."""
    return browser_of()


@pytest.fixture
def vip(db: None) -> Segment:
    """A live segment without members."""
    return make_segment("vip", "orders.count() >= 1000")


@pytest.fixture
def join(db: None) -> Callable[..., Profile]:
    """Put somebody into a segment: `join(segment, alice)`."""

    def put(segment: Segment, who: User | Profile) -> Profile:
        profile = who if isinstance(who, Profile) else profile_for(who)
        segment.memberships.create(profile=profile, since=NOW)
        return profile

    return put


def profile_for(user: User) -> Profile:
    """Of an account, made if there is none."""
    fields = {"kind": Profile.Kind.USER, "customer_id": str(user.pk), "created_at": NOW}
    return Profile.objects.get_or_create(shop="default", key=user_key(user.pk), defaults=fields)[0]


def agree(browser: Client, word: str = "yes") -> None:
    """Answer the banner."""
    assert browser.post("/personalization/consent/", {"answer": word, "next": "/plain/"}).status_code == 302


def text(response: Any) -> str:
    """The page, which must be there."""
    assert response.status_code == 200
    return str(response.content.decode())
