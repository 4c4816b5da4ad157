from __future__ import annotations

from personalization.recommend.keys import segment_key
from personalization.recommend.strategies.base import Why
from personalization.recommend.strategies.registry import strategy_of
from personalization.recommend.strategies.trending_segment import MOST_SEGMENTS
from tests.personalization.recommend.making import asked, offered, row


def test_the_best_place_in_any_of_the_segments_counts() -> None:
    lists = {
        segment_key("loyal"): row(trending=["a", "b"]),
        segment_key("vip"): row(trending=["b", "c", "d"]),
        segment_key("other"): row(trending=["x"]),
    }
    assert offered("trending_segment", lists, segments=frozenset({"vip", "loyal", "unknown"})) == [
        ("a", Why.TRENDING_SEGMENT, "loyal"),
        ("b", Why.TRENDING_SEGMENT, "vip"),
        ("c", Why.TRENDING_SEGMENT, "vip"),
        ("d", Why.TRENDING_SEGMENT, "vip"),
    ]


def test_of_very_many_segments_some_are_read() -> None:
    many = frozenset(f"s{number:03}" for number in range(500))
    keys = list(strategy_of("trending_segment").keys(asked(segments=many)))
    assert keys == [segment_key(f"s{number:03}") for number in range(MOST_SEGMENTS)]
