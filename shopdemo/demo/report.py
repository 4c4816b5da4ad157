"""What the demo prints when the shop is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from personalization.models import RecommenderVersion
from segmentation.membership import RefreshReport
from segmentation.models import Segment
from shopdemo.demo.accounts import Login
from shopdemo.shop.models import DataLoad

TASKS = MappingProxyType({"next": "the next order", "new": "something new", "basket": "the rest of a cart"})
"""What an evaluation asks, in words."""


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


def recommender_lines(version: RecommenderVersion | None, why: str) -> list[str]:
    """What recommendations were learned from, and how well they did on the last part of it, which they had not seen; `why` says
    why there are none."""
    if version is None:
        return [f"No recommendations: {why}"]
    data, report = version.card["data"], version.card["report"]
    learned = f"Recommendations: version {version.number}, learned from {data['lines']:,} lines of {data['people']:,} people."
    if not report:
        return [learned, "Too few orders to test them."]
    tested = ", ".join(f"{what} {_found(report, task)}" for task, what in TASKS.items())
    return [learned, f"NDCG@10 on the last fifth of the time (best sellers alone): {tested}."]


def _found(report: Mapping[str, Any], task: str) -> str:
    """Of our lists, and of those that show everybody the same."""
    ours, theirs = report["tasks"][task], report["baselines"][task]["popularity"]
    return f"{ours['ndcg_at_10']:.3f} ({theirs['ndcg_at_10']:.3f})"


def address_lines(address: str, logins: Sequence[Login]) -> list[str]:
    """Where to look and how to log in."""
    shop = f"http://{address}/"
    return [
        f"Shop   {shop}",
        f"Front  {shop}headless/",
        f"Admin  {shop}admin/",
        *(f"{'Staff' if login.is_staff else 'Login':<6} {login.email}  {_password(login)}" for login in logins),
    ]


def _password(login: Login) -> str:
    return f"password: {login.password}" if login.password else "(password changed)"
