from __future__ import annotations

from collections import Counter

import pytest

from segmentation.kernel.buckets import bucket_of, buckets


@pytest.mark.parametrize(
    ("salt", "key", "expected"),
    # printf %s "spring:user:1" | sha256sum, the first 16 hex digits modulo 100
    [("spring", "user:1", 79), ("spring", "user:2", 10), ("autumn", "user:1", 12), ("spring", "guest:é", 2)],
)
def test_a_bucket_is_a_digest_modulo_100(salt, key, expected):
    assert bucket_of(salt, key) == expected


def test_each_key_has_its_bucket():
    assert buckets("spring", ["user:1", "user:2"]).tolist() == [79, 10]
    assert buckets("spring", []).tolist() == []


def test_shares_are_even():
    drawn = Counter(buckets("spring", [f"user:{number}" for number in range(20_000)]).tolist())

    assert set(drawn) == set(range(100))
    assert all(140 < count < 265 for count in drawn.values())  # 200 on average; beyond four standard deviations is a fault
