from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from segmentation.engine.preview import preview
from segmentation.engine.shop import active_shop
from segmentation.errors import RuleError
from segmentation.membership import define, refresh
from segmentation.models import JournalEntry, Membership, RankCutoff, RefreshRun
from segmentation.profiles import sync
from segmentation.rules import parse
from tests.cast import NOW, place_order, profile_of
from tests.statements import only_reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(cast, configure):
    configure(NARROW=0)
    sync(now=NOW)
    return cast


def asked(text, slug=""):
    return preview(active_shop(), parse(text), NOW, slug)


def test_what_the_linter_says_stands_below_the_numbers(known):
    define("twin", 'customer.country != "GB"', now=NOW)

    assert asked('customer.country != "GB"').warnings == (
        "For 2 people the rule cannot tell, so they are left out.",
        'In “customer.country != "GB"” (/rules/0): customers without a known customer.country are left out;'
        " add “if unknown yes” to take them in, or “if unknown no” to say so",
        "the segment twin asks the same",
    )
    assert len(asked('customer.country != "GB"', "twin").warnings) == 2


def test_a_warning_quotes_the_conditions_it_is_about(known):
    found = asked(
        'orders.count(where total > 1) >= 1 and (customer.accepts_email is true and orders.count(where status = "placed") >= 1)'
    )

    assert found.warnings[-1] == (
        'In “orders.count(where status = "placed") >= 1” (/rules/1/rules/1): this and the condition at'
        " “orders.count(where total > 1) >= 1” (/rules/0) may be met by two different rows;"
        " if one row is meant, join them in one where"
    )


def test_a_value_that_stands_in_no_row_is_told(known, django_assert_num_queries):
    with django_assert_num_queries(3):  # people, customers, segments: nothing more is read
        found = asked('customer.country in ("FR", "Frankreich")')

    assert found.warnings == (
        "For 2 people the rule cannot tell, so they are left out.",
        'In “customer.country in ("FR", "Frankreich")” (/rules/0): "Frankreich" stands in no row: customer.country is "FR", "GB"',
    )


def test_restricted_values_are_for_those_who_may_see_them(known):
    rule = parse('customer.city = "Leads"')
    told = 'In “customer.city = "Leads"” (/rules/0): "Leads" stands in no row'

    assert preview(active_shop(), rule, NOW).warnings[-1] == f"{told} of customer.city"
    seen = preview(active_shop(), rule, NOW, may_see_restricted=True)
    assert seen.warnings[-1] == f'{told}: customer.city is "Leeds"; did you mean "Leeds"?'


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "le segment twin demande la même chose"),
        ("pl", "segment twin pyta o to samo"),
        ("en", "the segment twin asks the same"),
    ],
)
def test_warnings_are_in_the_owners_language(known, language, said):
    define("twin", "orders.count() >= 3", now=NOW)

    with override(language):
        assert asked("orders.count() >= 3").warnings == (said,)


def test_the_members_of_other_segments_are_the_stored_ones(known):
    define("buyers", "orders.count() >= 1", now=NOW)
    assert asked('in segment "buyers"').count == 0

    refresh(now=NOW)
    found = asked('in segment "buyers" and not in segment "buyers" for at least 1 day')
    assert (found.count, found.warnings) == (0, ("Nobody is in this segment.",))
    assert asked('in segment "buyers"').sample == tuple(sorted(profile_of(known[name]).pk for name in ("alice", "bob", "dan")))


def test_a_rank_is_cut_off_for_the_moment_and_nothing_is_kept(known, django_assert_num_queries):
    with django_assert_num_queries(4) as queries:  # people, orders, cut-offs of the day, segments
        found = asked("top 2 by orders.sum(total)")

    assert only_reads(queries)
    assert found.sample == tuple(sorted(profile_of(known[name]).pk for name in ("alice", "bob")))
    assert not any(model.objects.exists() for model in (RankCutoff, Membership, JournalEntry, RefreshRun))


def test_a_rule_that_cannot_be_asked_reads_nothing(known, django_assert_num_queries):
    with django_assert_num_queries(1), pytest.raises(RuleError):  # the states of segments
        asked('in segment "nobody" and orders.count() > 0')


def test_whom_a_rank_would_keep_depends_on_the_segment_it_is_meant_for(known):
    """Bob is first now; Alice was, and is second."""
    rule = "top 1 by orders.sum(total) leave at 2"
    define("best", rule, now=NOW)
    refresh(now=NOW)
    place_order("B3", known["bob"], total="10.00", placed_at=NOW)
    tomorrow = NOW + timedelta(days=1)

    plain = preview(active_shop(), parse(rule), tomorrow)
    kept = preview(active_shop(), parse(rule), tomorrow, "best")
    assert plain.sample == (profile_of(known["bob"]).pk,)
    assert kept.sample == tuple(sorted(profile_of(known[name]).pk for name in ("alice", "bob")))


def test_a_segment_that_would_refer_to_itself_is_refused(known):
    with pytest.raises(RuleError, match="in a circle: loyal → loyal"):
        asked('in segment "loyal"', "loyal")
