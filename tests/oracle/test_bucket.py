from __future__ import annotations

import pytest

from .bucket import bucket_of
from .worlds import holds, shop


# The first 8 bytes of sha256("spring:user:1") are 406615203bfb0a37 in hexadecimal, 4640572417094126135.
@pytest.mark.parametrize(
    ("salt", "key", "expected"),
    [("spring", "user:1", 79), ("spring", "user:2", 10), ("Spring", "user:1", 16), ("Łódź", "user:1", 56)],
)
def test_buckets_are_stable(salt: str, key: str, expected: int) -> None:
    assert bucket_of(salt, key) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(0, 49, False), (50, 99, True), (79, 79, True), (80, 99, False), (0, 78, False)]
)
def test_both_ends_are_inside(first: int, last: int, expected: bool) -> None:
    assert holds(shop(), {"kind": "bucket", "salt": "spring", "from": first, "to": last}) is expected


def test_buckets_are_even() -> None:
    found = [bucket_of("spring", f"user:{number}") for number in range(10_000)]
    assert set(found) == set(range(100))
    assert 4_800 < sum(each < 50 for each in found) < 5_200


def test_the_key_is_the_first_one() -> None:
    leaf = {"kind": "bucket", "salt": "spring", "from": 10, "to": 10}
    assert holds(shop(first_key="user:2"), leaf) is True
    assert holds(shop(first_key=None), leaf) is False
