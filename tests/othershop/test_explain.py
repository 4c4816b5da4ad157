from __future__ import annotations

import pytest

from segmentation.membership import explain, refresh
from tests.othershop.asking import ask
from tests.othershop.cast import DUQUE, NOW
from tests.othershop.models import Client
from tests.othershop.world import client_id

RULES = {
    "orders.count() >= 2": ("A1", "A2", "A3"),
    "carts.count() >= 1": ("A5",),
    "orders.sum(total, where total < 36) > 60": ("A1", "A2"),
}


@pytest.mark.parametrize("rule", RULES)
def test_why_a_client_is_in(clients: dict[str, Client], rule: str) -> None:
    slugs = ask(RULES)
    refresh(now=NOW)

    found = explain(slugs[rule], str(client_id("ana")), now=NOW)
    (leaf,) = found.leaves
    assert (found.member, sorted(leaf.evidence)) == (True, list(RULES[rule]))


def test_why_a_guest_is_in(clients: dict[str, Client]) -> None:
    slugs = ask(RULES)
    refresh(now=NOW)

    found = explain(slugs["orders.count() >= 2"], DUQUE.upper(), now=NOW)
    assert (found.member, sorted(found.leaves[0].evidence)) == (True, ["D1", "D2"])
