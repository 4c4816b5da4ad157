from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache, caches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.rest.base import bucket as module
from segmentation.rest.base.bucket import Bucket, Taken
from tests.cast import NOW

BUCKET = Bucket("test", per_second=2, burst=10)


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def allowed(key: str, seconds: float, tries: int = 30, bucket: Bucket = BUCKET) -> int:
    return sum(bucket.take(key, 1, at(seconds)).allowed for _ in range(tries))


def test_a_full_bucket_then_so_many_a_second() -> None:
    assert allowed("a", 0) == 10
    assert allowed("a", 1) == 2
    assert allowed("a", 2.5) == 3
    assert allowed("b", 2.5) == 10


def test_what_is_left_and_how_long_to_wait() -> None:
    assert BUCKET.take("a", 4, NOW) == Taken(True, 6, 0.0, 2.0)
    assert BUCKET.take("a", 6, NOW) == Taken(True, 0, 0.0, 5.0)
    assert BUCKET.take("a", 3, at(0.5)) == Taken(False, 1, 1.0, 4.5)
    assert BUCKET.take("a", 3, at(1.5)) == Taken(True, 0, 0.0, 5.0)


def test_after_a_while_all_is_there_but_what_was_just_taken() -> None:
    BUCKET.take("a", 1, NOW)
    assert BUCKET.take("a", 3, at(0.3)).remaining == 6
    assert BUCKET.take("b", 1, NOW).remaining == BUCKET.take("b", 1, at(0.6)).remaining == 9


def test_what_is_refused_takes_nothing() -> None:
    assert BUCKET.take("a", 9, NOW).allowed
    assert not any(BUCKET.take("a", 5, NOW).allowed for _ in range(100))
    assert BUCKET.take("a", 1, NOW) == Taken(True, 0, 0.0, 5.0)


def test_what_costs_more_than_a_bucket_costs_a_full_one() -> None:
    assert BUCKET.take("a", 99, NOW).allowed
    assert BUCKET.take("a", 1, NOW) == Taken(False, 0, 0.5, 5.0)


@pytest.mark.parametrize("rest", [0.1, 1, 5, 6, 3600])
def test_idling_gives_no_more_than_a_full_bucket_and_a_sixteenth(rest: float) -> None:
    assert allowed("a", 0, tries=1) == 1
    assert allowed("a", rest) <= 10


def test_debts_go_on_into_later_parts() -> None:
    assert allowed("a", 0) == 10
    assert [allowed("a", seconds / 10) for seconds in range(1, 51)].count(1) == 10
    assert allowed("a", 5) == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(st.tuples(st.integers(0, 3_000_000), st.integers(1, 10)), max_size=40))
def test_over_any_time_no_more_than_a_bucket_a_sixteenth_and_what_flows_in(steps: list[tuple[int, int]]) -> None:
    cache.clear()
    moment, took = 0.0, []
    for microseconds, cost in steps:
        moment += microseconds / 1_000_000
        if BUCKET.take("a", cost, at(moment)).allowed:
            took.append((moment, cost))
    for first, (begin, _) in enumerate(took):
        for last in range(first, len(took)):
            taken = sum(cost for _, cost in took[first : last + 1])
            assert taken <= 10 + 10 / 16 + 2 * (took[last][0] - begin) + 0.01


def test_nobody_takes_the_same_token_at_the_same_moment() -> None:
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda _: BUCKET.take("a", 1, NOW).allowed, range(400)))
    # A race may refuse somebody who would have been let through once others were undone.
    assert 8 <= sum(taken) <= 10
    assert not BUCKET.take("a", 3, NOW).allowed


def test_any_text_is_a_key_and_shops_and_names_are_apart(configure: Any) -> None:
    key = "\ud800 \n" + "x" * 1000
    assert allowed(key, 0) == 10
    assert allowed(key, 0, bucket=Bucket("other", 2, 10)) == 10
    configure(SHOP="other")
    assert allowed(key, 0) == 10


def test_a_cache_that_is_down_lets_everybody_ask_and_is_left_alone(settings: Any, caplog: Any, monkeypatch: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "down": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"},
        "none": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }
    clock = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])
    down = Bucket("test", 2, 10, cache="down")
    assert [down.take("a", 1, NOW) for _ in range(20)] == [Taken(True, 10)] * 20
    clock[0] += 6
    assert down.take("a", 1, NOW).allowed
    assert [record.getMessage()[:33] for record in caplog.records] == ["the cache does not answer, so nob"]
    clock[0] += 6
    assert allowed("a", 0) == 10
    assert allowed("a", 0, bucket=Bucket("test", 2, 10, cache="none")) == 30
    assert caches["none"] is not None
