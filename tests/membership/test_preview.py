from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.errors import RuleError, SourceError
from segmentation.membership import Preview, define, preview, refresh
from segmentation.models import JournalEntry, Membership, Profile, RefreshRun, Segment
from segmentation.profiles import sync
from segmentation.rules import parse
from shopdemo.shop.models import User
from shopdemo.source import DemoSource
from tests.cast import NOW, profile_of
from tests.statements import only_reads

pytestmark = pytest.mark.django_db

NARROW = "Fewer than 20 people are in: too narrow for a campaign, and it may single people out."


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0)


@pytest.fixture
def known(cast):
    sync(now=NOW)
    return cast


def test_numbers_a_sentence_a_sample_and_warnings(known):
    found = preview("orders.count() >= 1", now=NOW)

    sample = tuple(sorted(profile_of(known[name]).pk for name in ("alice", "bob", "dan")))
    assert found == Preview(3, 0, 4, found.sentence, sample, (NARROW,))
    assert found.share == 0.75
    assert found.sentence


def test_whom_the_rule_cannot_tell_is_left_out_and_told(known):
    found = preview('customer.country != "GB"', now=NOW)

    assert (found.count, found.unknown, found.population, found.share) == (1, 2, 4, 0.25)
    assert found.warnings == (
        NARROW,
        "For 2 people the rule cannot tell, so they are left out.",
        'In “customer.country != "GB"” (/rules/0): customers without a known customer.country are left out;'
        " add “if unknown yes” to take them in, or “if unknown no” to say so",
    )


def test_nobody_is_in(known):
    found = preview("orders.count() >= 99", now=NOW)

    assert (found.count, found.share, found.sample) == (0, 0.0, ())
    assert found.warnings == ("Nobody is in this segment.",)


def test_everybody_is_in(known, configure):
    configure(NARROW=4)

    found = preview("orders.count() >= 0", now=NOW)
    assert (found.count, found.share) == (4, 1.0)
    assert found.warnings == (
        "Everybody is in this segment.",
        "In “orders.count() >= 0” (/rules/0): this is always true: the smallest count is 0",
    )


@pytest.mark.parametrize(("narrow", "warned"), [(4, True), (3, False), (0, False)])
def test_how_narrow_is_too_narrow(known, configure, narrow, warned):
    configure(NARROW=narrow)

    found = preview("orders.count() >= 1", now=NOW)
    assert (found.warnings != ()) is warned


def test_an_empty_shop(db):
    found = preview("orders.count() >= 1", now=NOW)

    assert (found.count, found.unknown, found.population, found.share) == (0, 0, 0, 0.0)
    assert found.warnings == ("Nobody is in this segment.",)


def test_the_sample_is_small(db):
    User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(30))
    sync(now=NOW)

    found = preview("orders.count() = 0", now=NOW)
    assert (found.count, len(found.sample)) == (30, 10)


def test_the_past_can_be_asked(known):
    """As of then, from what is known today."""
    assert preview("orders.count() >= 1", now=NOW - timedelta(days=250)).count == 2
    assert preview("orders.count() >= 3", now=NOW - timedelta(days=50)).count == 0


def test_a_tree_is_as_good_as_a_text(known):
    text = "orders.count() >= 3"

    assert preview(parse(text), now=NOW) == preview(text, now=NOW)


def test_nothing_is_written(known, django_assert_num_queries):
    with django_assert_num_queries(3) as queries:  # people, orders, segments that may ask the same
        preview("orders.count() >= 1", now=NOW)

    assert only_reads(queries)
    assert not any(model.objects.exists() for model in (Segment, Membership, JournalEntry, RefreshRun))


def test_who_is_gone_or_a_visitor_is_not_counted(known):
    Profile.objects.filter(pk=profile_of(known["carol"]).pk).update(gone_at=NOW)
    Profile.objects.create(key="visitor:1", kind="visitor", created_at=NOW)

    assert preview("orders.count() = 0", now=NOW).population == 3


def test_every_problem_is_told(known):
    with pytest.raises(RuleError) as caught:
        preview("customer.shoe_size > 40 and orders.sum(weight) > 1", now=NOW)

    assert [problem.path for problem in caught.value.problems] == ["/rules/0/field", "/rules/1/of"]


def test_a_text_that_is_no_rule(known):
    with pytest.raises(RuleError, match="line 1, column"):
        preview("orders.count() >", now=NOW)


def test_a_shop_that_cannot_be_read(known, use_source):
    use_source(Torn)

    with pytest.raises(SourceError, match=r"orders\.order_id failed"):
        preview("orders.count() >= 1", now=NOW)


def test_the_clock_is_asked_where_no_moment_is_given(known):
    assert preview("orders.count(last 100000 days) >= 1").population == 4


def test_a_segment_is_no_twin_of_itself(known):
    define("loyal", "orders.count() >= 3", now=NOW)

    assert preview("orders.count() >= 3", now=NOW).warnings == (NARROW, "the segment loyal asks the same")
    assert preview("orders.count() >= 3", slug="loyal", now=NOW).warnings == (NARROW,)


def test_segments_inside_segments(known):
    define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)

    assert preview('not in segment "loyal"', now=NOW).count == 3
    with pytest.raises(RuleError, match="there is no segment called loyals; did you mean loyal"):
        preview('not in segment "loyals"', now=NOW)
