from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from segmentation.errors import SourceError
from segmentation.models import Membership, Segment
from shopdemo.demo.serving import EndedError
from shopdemo.management.commands import demo
from shopdemo.segments import SEGMENTS
from shopdemo.shop.models import Order, User

pytestmark = pytest.mark.django_db


def run(**options: Any) -> str:
    out = StringIO()
    call_command("demo", verbosity=0, limit_invoices=60, stdout=out, **options)
    return out.getvalue()


def test_from_nothing_to_segments_and_a_second_run_loses_nothing() -> None:
    text = run(no_serve=True)
    assert "Only 60 invoices were loaded" in text
    assert "http://127.0.0.1:8000/admin/" in text
    assert "admin@example.com  password: demo" in text
    assert all(segment.slug in text for segment in SEGMENTS)
    members, orders = Membership.objects.count(), Order.objects.count()
    assert members > 100
    Segment.objects.filter(slug="loyal").update(name="Our best")
    User.objects.filter(email="prospect-002@example.com").update(first_name="Renamed")
    assert "Our best" in run(no_serve=True)
    assert (Membership.objects.count(), Order.objects.count()) == (members, orders)
    assert User.objects.get(email="prospect-002@example.com").first_name == "Renamed"


def test_it_serves_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[str] = []
    monkeypatch.setattr(demo, "serve", served.append)
    run(no_serve=True)
    assert served == []
    text = run(address="127.0.0.1:9000")
    assert served == ["127.0.0.1:9000"]
    assert "http://127.0.0.1:9000/" in text


@pytest.mark.parametrize(
    ("step", "error"), [("refresh_all", SourceError("orders could not be read")), ("serve", EndedError("The server ended."))]
)
def test_what_goes_wrong_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, step: str, error: Exception) -> None:
    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr(demo, step, fail)
    with pytest.raises(CommandError, match=str(error)):
        run()


@pytest.mark.parametrize("limit", ["0", "-5", "many"])
def test_a_limit_is_a_positive_number(limit: str) -> None:
    with pytest.raises(CommandError, match="limit-invoices"):
        call_command("demo", "--no-serve", f"--limit-invoices={limit}")
