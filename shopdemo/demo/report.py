"""What the demo prints when the shop is ready."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.membership import RefreshReport
from segmentation.models import Segment
from shopdemo.demo.accounts import Login
from shopdemo.shop.models import DataLoad


def data_lines(load: DataLoad) -> list[str]:
    """What lies in the shop."""
    counts = load.counts
    lines = [
        f"{counts['customers']:,} customers, {counts['orders of customers']:,} orders of theirs, "
        f"{counts['orders of guests']:,} of guests, {counts['refunds of customers']:,} refunds; "
        f"dates moved by {load.weeks} weeks, the last order is of {load.last_at:%d %B %Y}.",
    ]
    if counts["limit_invoices"]:
        lines.append(f"Only {counts['limit_invoices']:,} invoices were loaded, as --limit-invoices asked.")
    return lines


def segment_lines(report: RefreshReport) -> list[str]:
    """Each segment's slug, size and share of all people, largest first; a broken one says why."""
    names = dict(Segment.objects.values_list("slug", "name"))
    width = max((len(segment.slug) for segment in report.segments), default=0)
    rows = sorted(report.segments, key=lambda segment: (-(segment.size or 0), segment.slug))
    people = max(report.people, 1)
    return [
        f"{row.slug:<{width}}  {row.size or 0:>6,}  {(row.size or 0) / people:>6.1%}  {row.problem or names[row.slug]}"
        for row in rows
    ]


def address_lines(address: str, logins: Sequence[Login]) -> list[str]:
    """Where to look and how to log in."""
    shop = f"http://{address}/"
    return [
        f"Shop   {shop}",
        f"Admin  {shop}admin/",
        *(f"{'Staff' if login.is_staff else 'Login':<6} {login.email}  {_password(login)}" for login in logins),
    ]


def _password(login: Login) -> str:
    return f"password: {login.password}" if login.password else "(password changed)"
