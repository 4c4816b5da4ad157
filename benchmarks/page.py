"""What personal content costs a page: 50 segments and five slots, against the same page without us.

    python -m benchmarks.page

The page is asked for by a customer who is logged in and in half of the segments; its slots are inline, the mode that does all
its work in the page. Each slot has ten variants, each for one segment. Both pages go through Django's test client in turn, so
the shop's own share (session, user, template) is in both figures and drops out of the difference.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SEGMENTS = 50
SLOTS = 5
VARIANTS = 10
ROUNDS = 300
WARM_UP = 20

FOLDER = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shopdemo.settings")
os.environ["DATABASE_URL"] = f"sqlite:///{Path(FOLDER.name) / 'page.sqlite3'}"
os.environ["DEBUG"] = "False"

import django  # noqa: E402  the settings read the environment

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.utils import timezone  # noqa: E402

from personalization.content.published import publisher  # noqa: E402
from personalization.models import Slot, Variant, VariantSegment  # noqa: E402
from segmentation.models import Membership, Profile, Segment  # noqa: E402
from segmentation.profiles import user_key  # noqa: E402
from shopdemo.shop.models import User  # noqa: E402

OURS = ("personalization.middleware.VisitorMiddleware", "personalization.middleware.SlotMiddleware")
BODY = "<main>{{ user.first_name }}" + "<p>A page of a shop.</p>" * 40
TAGS = "".join(f'{{% slot "slot-{number}" %}}' for number in range(SLOTS))


def _page(source: str) -> Callable[[HttpRequest], HttpResponse]:
    template = engines["django"].from_string(source + "</main>")
    return lambda request: HttpResponse(template.render({"user": request.user}, request))


urlpatterns = [
    path("without/", _page(BODY)),
    path("with/", _page("{% load personalization %}" + BODY + TAGS)),
    path("personalization/", include("personalization.urls")),
]


def fill() -> User:
    """A shop with one customer, her segments and the slots that ask for them."""
    call_command("migrate", verbosity=0, interactive=False)
    now = timezone.now()
    user = User.objects.create_user("alice@shop.test", "secret", first_name="Alice", country="GB")
    profile = Profile.objects.get(key=user_key(user.pk))  # made as the account was
    Profile.objects.filter(pk=profile.pk).update(profiling=True)
    rule = {"version": 1, "semantics": 1, "combinator": "and", "rules": [{"kind": "bucket", "salt": "x", "from": 0, "to": 49}]}
    segments = [
        Segment.objects.create(slug=f"segment-{number}", name=f"Segment {number}", definition=rule, state="live")
        for number in range(SEGMENTS)
    ]
    for segment in segments[1::2]:
        Membership.objects.create(segment=segment, profile=profile, since=now)
    for number in range(SLOTS):
        slot = Slot.objects.create(slug=f"slot-{number}", name=f"Slot {number}", mode=Slot.Mode.INLINE)
        Variant.objects.create(slot=slot, slug="default", name="Default", state="live", is_default=True, heading="For everyone")
        for place in range(VARIANTS):
            variant = Variant.objects.create(
                slot=slot, slug=f"v{place}", name=f"V{place}", state="live", priority=-place, heading="For you", text="Hello"
            )
            # Those for segments that she is not in come first: half of the questions are answered no.
            asked = segments[(number * VARIANTS + 2 * place) % SEGMENTS if place < VARIANTS - 1 else 2 * number + 1]
            VariantSegment.objects.create(variant=variant, segment=asked, ask="any")
    return user


def client_of(user: User, middleware: list[str]) -> Client:
    """A browser that is logged in, on a site with this middleware."""
    client = Client()
    with override_settings(MIDDLEWARE=middleware):
        client.handler.load_middleware()
    client.force_login(user)
    return client


def ask(client: Client, address: str) -> float:
    """Seconds for one page. Raises RuntimeError unless it is a page."""
    begun = time.perf_counter()
    response = client.get(address)
    took = time.perf_counter() - begun
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return took


def queries(client: Client, address: str) -> int:
    """How many queries one page takes."""
    with CaptureQueriesContext(connection) as captured:
        ask(client, address)
    return len(captured)


def measure(user: User, say: Callable[[str], Any]) -> None:
    """Both pages in turn; the medians of the difference."""
    shops_own = [name for name in settings.MIDDLEWARE if name not in OURS]
    without = client_of(user, shops_own)
    with_us = client_of(user, [*shops_own, *OURS])
    plain = queries(without, "/without/")
    ask(with_us, "/with/")  # the first page of a visit is noted, once
    with_us.cookies.pop("rg_segments")
    cold = queries(with_us, "/with/") - plain
    publisher.forget()
    slots = queries(with_us, "/with/") - plain
    warm = queries(with_us, "/with/") - plain
    if b"For you" not in with_us.get("/with/").content:
        raise RuntimeError("the slots show nothing of hers")
    pairs = []
    for _ in range(WARM_UP + ROUNDS):
        pairs.append((ask(without, "/without/"), ask(with_us, "/with/")))
    pairs = pairs[WARM_UP:]
    difference = statistics.median(b - a for a, b in pairs) * 1000
    base = statistics.median(a for a, _ in pairs) * 1000
    say(f"{SEGMENTS} segments, {SLOTS} slots of {VARIANTS} variants, medians of {ROUNDS} pairs\n")
    say(f"  the page without us          {base:7.2f} ms  {plain} queries\n")
    say(f"  added when warm              {difference:7.2f} ms  {warm} queries\n")
    say(f"  added for a customer who comes after more than a minute   {cold} queries\n")
    say(f"  added for a process that has read no slots yet            {slots} query\n")


if __name__ == "__main__":
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"]):
        measure(fill(), sys.stdout.write)
