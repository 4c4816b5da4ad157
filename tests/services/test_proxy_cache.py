"""Two customers who are logged in, of different segments, behind a real nginx that caches pages: nobody ever sees a byte of
the other's."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from personalization.content.published import publisher
from segmentation.models import Membership, Profile, Segment
from segmentation.profiles import user_key
from shopdemo.shop.models import User
from tests.cast import NOW
from tests.personalization.content.making import make_slot, make_variant

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

REQUESTS = 5_000
WORKERS = 4
PEOPLE = ("alice", "bob")
Cookies = dict[str, dict[str, str]]

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "personalization.middleware.VisitorMiddleware",
    "personalization.middleware.SlotMiddleware",
]
DOCS = Path(__file__).parents[2] / "docs" / "slots.md"

NGINX = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=shop:1m;
  upstream shop {{ server {shop}; keepalive 8; }}
  {documented_map}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://shop;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      {documented_location}
    }}
  }}
}}
"""


def documented(name: str) -> str:
    """The part of the nginx configuration that docs/slots.md tells shops to copy."""
    text = DOCS.read_text()
    return text.split(f"# {name}\n", 1)[1].split("```", 1)[0].split("\n\n", 1)[0]


@pytest.fixture(autouse=True)
def postgresql() -> None:
    """Any database will do: overrides the fixture of the races."""


@pytest.fixture
def cookies(transactional_db: None) -> Cookies:
    """Name -> the cookie of somebody who is logged in and in the segment of that name."""
    return {who: _log_in(who) for who in PEOPLE}


def _log_in(who: str) -> dict[str, str]:
    user = User.objects.create_user(f"{who}@shop.test", "secret", first_name=who)
    segment = Segment.objects.create(slug=who, name=who, definition={}, state=Segment.State.LIVE)
    profile = Profile.objects.create(
        key=user_key(user.pk), kind=Profile.Kind.USER, customer_id=str(user.pk), created_at=NOW, profiling=True
    )
    Membership.objects.create(segment=segment, profile=profile, since=NOW)
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value}


@pytest.fixture
def shop(settings: Any, cookies: Cookies) -> Iterator[str]:
    """The address of a shop: a slot in each mode, each with a variant for Alice and one for Bob."""
    settings.ROOT_URLCONF = "tests.personalization.content.urls"
    settings.MIDDLEWARE = MIDDLEWARE
    cache.clear()
    publisher.forget()
    for mode in ("fragment", "variant", "inline"):
        slot = make_slot(mode, mode=mode)
        for who in PEOPLE:
            segments = {"any": [Segment.objects.get(slug=who)]}
            make_variant(slot, who, heading=f"Only-for-{who}", segments=segments)
    # One of our own: that of the suite has read its middleware long ago.
    server = LiveServer("localhost")
    yield server.url.removeprefix("http://")
    server.stop()
    publisher.forget()


@pytest.fixture
def proxy(shop: str, tmp_path: Path) -> Iterator[int]:
    """The port of an nginx in front of the shop, with the configuration of our docs."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = tmp_path / "nginx.conf"
    config.write_text(
        NGINX.format(
            # Else its worker is somebody who may not write into the folders of a test.
            user="user root;" if os.geteuid() == 0 else "",
            folder=tmp_path,
            shop=shop,
            port=port,
            documented_map=documented("in http"),
            documented_location=documented("in location"),
        )
    )
    process = subprocess.Popen([nginx, "-c", str(config), "-e", str(tmp_path / "error.log")])
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _await(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx does not answer")


class Browser:
    """Keeps a connection and cookies."""

    def __init__(self, port: int, **cookies: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = cookies

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def get(self, path: str) -> tuple[str, str, int]:
        """(body, what the cache did, status)."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = self.connection.getresponse()
        body = response.read().decode()
        for header in response.headers.get_all("Set-Cookie") or ():
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        return body, response.headers.get("X-Cache-Status", ""), response.status


PATHS = (
    *("/public/fragment/",) * 3,
    *("/public/variant/",) * 3,
    *("/public/fragment,variant/",) * 3,
    "/page/inline,fragment,variant/",
    "/personal/slots/?slot=fragment",
)


def browse(
    port: int, cookies: Cookies, seed: int, requests: int
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], list[str]]:
    """(cache status of each path, who saw whose content on each path, what went wrong)."""
    random = Random(seed)
    statuses: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    with ExitStack() as stack:
        browsers = {who: stack.enter_context(Browser(port, **cookies[who])) for who in PEOPLE}
        for _ in range(requests):
            who, path = random.choice(PEOPLE), random.choice(PATHS)
            body, cached, status = browsers[who].get(path)
            statuses[path, cached] += 1
            if f"Only-for-{who}" in body:
                seen[path, who] += 1
            foreign = [other for other in PEOPLE if other != who and f"Only-for-{other}" in body]
            if status != 200 or foreign:
                wrong.append(f"{who} got {status} and {foreign} at {path} ({cached})")
    return statuses, seen, wrong


def test_five_thousand_requests_of_two_people_and_no_foreign_byte(proxy: int, cookies: Cookies) -> None:
    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(lambda seed: browse(proxy, cookies, seed, REQUESTS // WORKERS), range(WORKERS)))
    statuses, seen, wrong = (sum((result[part] for result in results), start) for part, start in enumerate(STARTS))
    assert wrong == []
    assert sum(statuses.values()) == REQUESTS
    for path in ("/public/fragment/", "/public/variant/", "/public/fragment,variant/"):
        assert statuses[path, "HIT"] > 0.9 * sum(count for (at, _), count in statuses.items() if at == path), path
    for path in ("/page/inline,fragment,variant/", "/personal/slots/?slot=fragment"):
        assert {status for at, status in statuses if at == path} == {"MISS"}, path
    # Everybody does see what is theirs: on pages from the cache by their key, else by name.
    for who in PEOPLE:
        for path in ("/public/variant/", "/public/fragment,variant/", *PATHS[-2:]):
            assert seen[path, who] > 0, (path, who)
        assert seen["/public/fragment/", who] == 0


STARTS: tuple[Any, ...] = (Counter(), Counter(), [])


@pytest.mark.parametrize("forged", ["1", "1~" + "A" * 43, "garbage", "%00", "1~" + "A" * 4000])
def test_a_forged_key_gets_the_default_and_fills_no_cache(proxy: int, cookies: Cookies, forged: str) -> None:
    with Browser(proxy, **cookies["bob"]) as bob:
        body, _, status = bob.get("/personal/slots/?slot=fragment")
        assert (status, "Only-for-bob" in body, bob.cookies.get("rg_v", "")[-44:-43]) == (200, True, "~"), (body, bob.cookies)
        assert "Only-for-bob" in bob.get("/public/variant/")[0]
    with Browser(proxy) as anybody:
        anybody.get("/public/variant/")
    for _ in range(2):
        with Browser(proxy, rg_v=forged) as browser:
            body, cached, status = browser.get("/public/variant/")
        assert status == 200
        assert "For all" in body
        assert "Only-for" not in body
    shaped = forged.startswith("1~") and len(forged) == 45
    assert cached == ("MISS" if shaped else "HIT")  # what has not even the shape of a key is the page without one
