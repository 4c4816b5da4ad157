"""Alice is loyal, Bob is dormant, Carol never bought, Dan is a guest; and a way to run the command."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from segmentation.membership import define
from segmentation.profiles import sync
from shopdemo.shop.models import Order, User

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Ran:
    """What a run wrote and how it ended."""

    out: str
    err: str
    code: int

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[list[str]]:
        """Words of each line that has any."""
        return [line.split() for line in self.out.splitlines() if line.strip()]


class Terminal(StringIO):
    """A terminal that somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def segments():
    """Runs `manage.py segments …`; a CommandError is told as Django tells it on the command line."""

    def run(*arguments: str, out: StringIO | None = None) -> Ran:
        out, err, code = out or StringIO(), StringIO(), 0
        try:
            call_command("segments", *arguments, stdout=out, stderr=err)
        except CommandError as error:
            err.write(str(error))
            code = error.returncode
        except SystemExit as leaving:
            code = leaving.code
        return Ran(out.getvalue(), err.getvalue(), code)

    return run


def order(number: str, total: str, days_ago: int, user: User | None = None, email: str = "") -> Order:
    at = NOW - timedelta(days=days_ago)
    return Order.objects.create(number=number, user=user, email=email, placed_at=at, total=Decimal(total), currency="GBP")


@pytest.fixture
def alice(db):
    user = User.objects.create_user(email="alice@example.com", first_name="Alice", country="FR", birth_date="1990-02-28")
    order("A1", "10.00", 200, user)
    order("A2", "30.00", 40, user)
    order("A3", "20.50", 5, user)
    return user


@pytest.fixture
def bob(db):
    user = User.objects.create_user(email="bob@example.com", country="GB")
    order("B1", "99.00", 400, user)
    return user


@pytest.fixture
def carol(db):
    return User.objects.create_user(email="carol@example.com")


@pytest.fixture
def dan(db):
    """A guest's e-mail."""
    order("D1", "5.00", 3, email="Dan@Example.com")
    return "dan@example.com"


@pytest.fixture
def people(alice, bob, carol, dan):
    """The four of them, known to us."""
    sync(now=NOW)


@pytest.fixture
def loyal(people):
    return define("loyal", "orders.count() >= 3 and orders.count(last 90 days) >= 1", name="Loyal customers", now=NOW)


@pytest.fixture
def french(people):
    return define("french", 'customer.country = "FR"', name="French", now=NOW)


@pytest.fixture
def filled(loyal, french, segments):
    """Both segments refreshed at noon: Alice is in both."""
    assert segments("refresh", "--now", NOW.isoformat()).code == 0


@pytest.fixture
def use_source(settings):
    """Changes the shop source to one of tests.management.sources."""

    def use(name: str) -> None:
        settings.SEGMENTATION = {**settings.SEGMENTATION, "SOURCE": f"tests.management.sources.{name}"}

    return use
