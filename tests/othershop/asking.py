"""Segments by their rules, since in these tests a rule is its own best name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from segmentation.models import Membership
from segmentation.testing import make_segment
from tests.othershop.cast import NOW


def ask(rules: Iterable[str]) -> dict[str, str]:
    """Make a segment for each rule, not filled yet: rule -> slug."""
    slugs = {rule: f"s{number}" for number, rule in enumerate(rules)}
    for rule, slug in slugs.items():
        make_segment(slug, rule, now=NOW)
    return slugs


def members(slugs: Mapping[str, str]) -> dict[str, set[str]]:
    """Rule -> profile keys of the members."""
    found: dict[str, set[str]] = {slug: set() for slug in slugs.values()}
    for slug, key in Membership.objects.values_list("segment__slug", "profile__key"):
        found[slug].add(key)
    return {rule: found[slug] for rule, slug in slugs.items()}
