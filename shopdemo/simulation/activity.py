"""What people do on the storefront, and that some of them agreed to have it remembered."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from segmentation.activity import Context, Deed, Kind
from segmentation.activity.deed import row_of
from segmentation.conf import conf
from segmentation.models import Activity, Consent, Profile, Purpose
from segmentation.profiles.identity import profile_of_customer, profile_of_visitor
from shopdemo.loader.batches import create_in_batches
from shopdemo.progress import Progress
from shopdemo.shop.models import User
from shopdemo.simulation.chance import chance, moment

METHOD = "simulated"
"""How these people consented."""

WITHIN = timedelta(days=60)
VISITORS = 200

# Of a hundred customers: those who agree to profiling, who refuse, who were never asked.
WORDS: Sequence[bool | None] = (True, False, None)
WORD_WEIGHTS = (45, 15, 40)

DEVICES, DEVICE_WEIGHTS = ("phone", "desktop", "tablet"), (55, 35, 10)
CHANNELS, CHANNEL_WEIGHTS = ("direct", "search", "email", "social", "referral"), (30, 30, 20, 15, 5)
FAVOURITE = 0.7
"""The part of somebody's visits that comes by the same way."""

COUNTRIES = ("GB",) * 12 + ("FR", "DE", "PL", "IE", "US", "TW", "AU")
SEARCHED = ("lamp", "bag", "candle", "mug", "cushion", "bunting", "clock", "christmas")


@dataclass(frozen=True)
class Habit:
    """How often somebody comes, from how many days ago until when, and what comes of a visit."""

    visits: tuple[int, int]
    days: tuple[int, int]
    views: tuple[int, int]
    adds: float
    searches: float


HABITS = (
    Habit(visits=(6, 12), days=(25, 0), views=(2, 5), adds=0.4, searches=0.4),
    Habit(visits=(1, 4), days=(60, 0), views=(0, 4), adds=0.15, searches=0.25),
    Habit(visits=(3, 6), days=(60, 40), views=(1, 3), adds=0.2, searches=0.2),
    Habit(visits=(0, 0), days=(60, 0), views=(0, 0), adds=0.0, searches=0.0),
)
"""Keen, looking around, fading, away."""
HABIT_WEIGHTS = (8, 35, 17, 40)

ARRIVALS = {
    "direct": Context(channel="direct"),
    "search": Context(channel="search", referrer="www.google.com"),
    "email": Context(channel="email", utm_source="newsletter", utm_medium="email", utm_campaign="spring"),
    "social": Context(channel="social", referrer="www.instagram.com", utm_source="instagram", utm_medium="social"),
    "referral": Context(channel="referral", referrer="www.giftguide.example"),
}

Products = Sequence[tuple[int, str, str]]
"""(primary key, name of the category, title)."""

FOUND = 24
"""Products of a search that people look at: those of its first page."""


@dataclass(frozen=True)
class Somebody:
    """Who it is, in the words of a deed, and what their pages are like."""

    name: str
    customer: str = ""
    visitor: str = ""
    country: str = ""
    language: str = ""


def add_activity(users: Sequence[User], products: Products, last_at: datetime, progress: Progress) -> int:
    """Consents of a part of `users` and of some visitors, and what those who agreed did in the 60 days up to `last_at`; how
    many deeds."""
    listed = _listed(products)
    visitors = [_visitor(number) for number in range(VISITORS)]
    customers = [_customer(user) for user in users]
    words = {one.name: True for one in visitors} | {one.name: _word(one) for one in customers}
    asked = [one for one in (*customers, *visitors) if words[one.name] is not None]
    deeds = {one.name: _deeds(one, listed, last_at) for one in asked if words[one.name]}
    profiles = [_profile(one, words[one.name], deeds.get(one.name, []), last_at) for one in asked]
    create_in_batches(Profile, profiles, total=len(profiles), label="consents", progress=progress)
    Consent.objects.bulk_create(
        Consent(profile=each, purpose=Purpose.PROFILING, granted=bool(each.profiling), at=each.created_at, method=METHOD)
        for each in profiles
    )
    rows = [row_of(deed, conf.shop, deed.at or last_at) for each in deeds.values() for deed in each]
    create_in_batches(Activity, rows, total=len(rows), label="activity", progress=progress)
    return len(rows)


def _listed(products: Products) -> Mapping[str, Products]:
    """What lies before somebody who searched for a word: what is called so; all products where nothing is, and without a word."""
    by_title = sorted(products, key=lambda product: product[2])
    found = {word: [product for product in by_title if word in product[2].lower()][:FOUND] for word in SEARCHED}
    return {"": products} | {word: few or products for word, few in found.items()}


def _customer(user: User) -> Somebody:
    return Somebody(user.email, customer=str(user.pk), country=user.country, language=user.language)


def _visitor(number: int) -> Somebody:
    name = f"simulated-{number:03}"
    return Somebody(name, visitor=name, country=chance("visitor", name).choice(COUNTRIES), language="en")


def _word(one: Somebody) -> bool | None:
    return chance("profiling", one.name).choices(WORDS, WORD_WEIGHTS)[0]


def _profile(one: Somebody, word: bool | None, deeds: Sequence[Deed], last_at: datetime) -> Profile:
    moments = [deed.at for deed in deeds if deed.at]
    known_at = min(moments, default=last_at - WITHIN)
    make = profile_of_customer if one.customer else profile_of_visitor
    profile = make(one.customer or one.visitor, conf.shop, known_at)
    profile.profiling, profile.seen_at = word, max(moments, default=None)
    return profile


def _deeds(one: Somebody, listed: Mapping[str, Products], last_at: datetime) -> list[Deed]:
    """By the habit that somebody has."""
    dice = chance("activity", one.name)
    (habit,) = dice.choices(HABITS, HABIT_WEIGHTS)
    (device,), (favourite,) = dice.choices(DEVICES, DEVICE_WEIGHTS), dice.choices(CHANNELS, CHANNEL_WEIGHTS)
    start, end = (last_at - timedelta(days=days) for days in habit.days)
    found: list[Deed] = []
    for _ in range(dice.randint(*habit.visits)):
        at = moment(dice, start, end)
        channel = favourite if dice.random() < FAVOURITE else dice.choices(CHANNELS, CHANNEL_WEIGHTS)[0]
        page = Context(hour=at.hour, country=one.country, language=one.language, device=device)
        found += _visit(dice, one, habit, at, page, ARRIVALS[channel], listed)
    past = (deed for deed in found if (deed.at or last_at) <= last_at)
    return [replace(deed, uid=f"{METHOD}:{one.name}:{number}") for number, deed in enumerate(past)]


def _visit(
    dice: random.Random,
    one: Somebody,
    habit: Habit,
    at: datetime,
    page: Context,
    arrival: Context,
    listed: Mapping[str, Products],
) -> Iterator[Deed]:
    came = replace(arrival, hour=page.hour, country=page.country, language=page.language, device=page.device)
    yield Deed(Kind.VISIT, at, one.customer, one.visitor, context=came)
    query = ""
    if dice.random() < habit.searches:
        at += timedelta(seconds=dice.randint(10, 60))
        query = dice.choice(SEARCHED)
        yield Deed(Kind.SEARCH, at, one.customer, one.visitor, query=query, context=page)
    for product, category, _title in dice.sample(listed[query], min(dice.randint(*habit.views), len(listed[query]))):
        at += timedelta(seconds=dice.randint(10, 120))
        looked = Deed(Kind.VIEW, at, one.customer, one.visitor, product_id=str(product), category=category, context=page)
        yield looked
        if dice.random() < habit.adds:
            yield replace(looked, kind=Kind.ADD_TO_CART, at=at + timedelta(seconds=5))
