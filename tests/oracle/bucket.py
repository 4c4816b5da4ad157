"""The leaf bucket: a share of the base that stays the same."""

from __future__ import annotations

from hashlib import sha256

from .groups import Node
from .matching import Case


def bucket(leaf: Node, case: Case) -> bool:
    """Never unknown. The key is the first by which the person was known."""
    key = case.shop.person(case.person_key).get("first_key") or case.person_key
    return int(leaf["from"]) <= bucket_of(leaf["salt"], key) <= int(leaf["to"])


def bucket_of(salt: str, key: str) -> int:
    """0 to 99."""
    return int.from_bytes(sha256(f"{salt}:{key}".encode()).digest()[:8], "big") % 100
