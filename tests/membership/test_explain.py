from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.errors import SegmentError, SourceError
from segmentation.membership import Explanation, LeafExplanation, define, explain, override, refresh
from segmentation.models import Profile, Segment
from shopdemo.shop.models import Order
from shopdemo.source import DemoSource
from tests.cast import NOW, ago, give_refund, place_order, profile_of
from tests.statements import only_reads

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0)


class WithoutCoupons(DemoSource):
    orders = DemoSource.orders.replace(coupon_code=None)


def filled(rule: str) -> Segment:
    segment = define("asked", rule, now=NOW)
    refresh(now=NOW)
    return segment


def values(found: Explanation) -> list[tuple]:
    return [(leaf.path, leaf.truth, leaf.value, leaf.limit, leaf.rows, leaf.evidence) for leaf in found.leaves]


def test_each_condition_with_its_value_its_limit_and_its_orders(cast):
    filled(
        'orders.count(last 150 days) >= 2 and (orders.sum(total) > 200 or customer.country = "GB")'
        " and orders.max(placed_at) last 30 days"
    )

    found = explain("asked", profile_of(cast["alice"]), now=NOW)
    assert (found.member, found.truth, found.since, found.overridden) == (True, "true", NOW, False)
    assert values(found) == [
        ("/rules/0", "true", "2", "2", 2, ("A2", "A3")),
        ("/rules/1/rules/0", "false", "125.50", "200", 3, ("A1", "A2", "A3")),
        ("/rules/1/rules/1", "true", "GB", "GB", 0, ()),
        ("/rules/2", "true", "2026-05-22T13:00:00+01:00", "30 days", 3, ("A1", "A2", "A3")),
    ]
    assert all(isinstance(leaf, LeafExplanation) and leaf.sentence for leaf in found.leaves)


def test_who_is_not_in(cast):
    filled("orders.count() >= 3")

    found = explain("asked", profile_of(cast["bob"]), now=NOW)
    assert (found.member, found.truth, found.since) == (False, "false", None)
    assert values(found) == [("/rules/0", "false", "2", "3", 2, ("B1", "B2"))]


def test_who_cannot_be_told(cast):
    filled('customer.country != "GB" and orders.avg(total) > 5 and customer.birth_date is not set')

    found = explain("asked", profile_of(cast["carol"]), now=NOW)
    assert (found.member, found.truth) == (False, "unknown")
    assert values(found) == [
        ("/rules/0", "unknown", None, "GB", 0, ()),
        ("/rules/1", "unknown", None, "5", 0, ()),
        ("/rules/2", "true", None, None, 0, ()),
    ]


def test_values_of_all_kinds(cast):
    filled(
        "customer.accepts_email is true and customer.birth_date anniversary next 7 days and orders.avg(total) >= 41.83"
        " and spend.sum(amount) < 120 and orders.min(total) between 10 and 30 and order_lines.count() = 0"
    )
    give_refund("R1", cast["alice"], 2, "10.00", order=Order.objects.get(number="A2"))

    found = explain("asked", profile_of(cast["alice"]), now=NOW)
    assert [(leaf.truth, leaf.value, leaf.limit) for leaf in found.leaves] == [
        ("true", "true", "true"),
        ("true", "1990-06-04", "7 days"),
        ("true", "41.83", "41.83"),
        ("true", "115.50", "120"),
        ("true", "25.50", "10, 30"),
        ("true", "0", "0"),
    ]
    assert found.leaves[3].evidence == ("A1", "A2", "A3", "A2")  # a refund goes by its order


def test_conditions_on_rows_name_the_rows_that_match(alice):
    filled("orders.count(where total > 30 and coupon_code is not set) = 1")

    assert values(explain("asked", profile_of(alice), now=NOW)) == [("/rules/0", "true", "1", "1", 1, ("A2",))]


def test_the_latest_twenty_orders_are_named(carol):
    filled("orders.count() >= 5")
    for number in range(1, 26):
        place_order(f"C{number:02}", carol, 100 - number)

    found = explain("asked", str(carol.pk), now=NOW)
    assert (found.leaves[0].rows, found.leaves[0].value) == (25, "25")
    assert found.leaves[0].evidence == tuple(f"C{number:02}" for number in range(6, 26))


def test_a_guest_is_explained_too(dan):
    filled("orders.sum(total) >= 15")

    found = explain("asked", "Dan@guest.test", now=NOW)
    assert (found.member, found.since) == (True, NOW)
    assert values(found) == [("/rules/0", "true", "15.00", "15", 1, ("D1",))]


def test_people_and_segments_by_row_or_by_name(alice):
    segment = filled("orders.count() >= 3")
    profile = profile_of(alice)

    expected = explain(segment, profile, now=NOW)
    assert explain("asked", profile.key, now=NOW) == expected
    assert explain("asked", profile.customer_id, now=NOW) == expected


def test_it_is_read_live_while_since_is_what_is_stored(alice):
    filled("orders.count() >= 3")
    Order.objects.filter(number="A1").delete()

    found = explain("asked", profile_of(alice), now=LATER)
    assert (found.member, found.truth, found.since, found.leaves[0].value) == (False, "false", NOW, "2")


def test_another_moment(alice):
    filled("orders.count() >= 3")

    assert values(explain("asked", profile_of(alice), now=ago(50))) == [("/rules/0", "false", "2", "3", 2, ("A1", "A2"))]
    assert explain("asked", profile_of(alice)).truth == "true"


def test_the_owners_word(alice, bob):
    segment = filled("orders.count() >= 3")
    override(segment, profile_of(alice), included=False, now=LATER)
    override(segment, profile_of(bob), included=True, now=LATER)

    kept_out, put_in = (explain(segment, profile_of(one), now=LATER) for one in (alice, bob))
    assert (kept_out.member, kept_out.truth, kept_out.since, kept_out.overridden) == (False, "true", None, True)
    assert (put_in.member, put_in.truth, put_in.since, put_in.overridden) == (True, "false", LATER, True)


def test_who_is_gone_is_in_nothing(alice):
    filled("orders.count() >= 3")
    profile = profile_of(alice)
    profile.gone_at = NOW
    profile.save()

    assert explain("asked", profile, now=NOW).member is False


def test_who_is_gone_is_in_nothing_even_by_the_owners_word(alice, bob):
    segment = filled("orders.count() >= 3")
    for one in (alice, bob):
        override(segment, profile_of(one), included=True, now=NOW)
    Profile.objects.update(gone_at=LATER)

    for one, truth in ((alice, "true"), (bob, "false")):
        found = explain(segment, profile_of(one), now=LATER)
        assert (found.member, found.truth, found.overridden) == (False, truth, True)


def test_a_draft_can_be_explained(alice):
    define("idea", "orders.count() >= 3", state="draft", now=NOW)
    refresh(now=NOW)

    found = explain("idea", profile_of(alice), now=NOW)
    assert (found.member, found.since) == (True, None)


def test_an_order_still_to_come_does_not_count(alice):
    filled("orders.count() >= 4")
    place_order("A4", alice, -1)

    assert explain("asked", profile_of(alice), now=NOW).leaves[0].evidence == ("A1", "A2", "A3")


@pytest.mark.parametrize(
    ("slug", "person", "message"),
    [
        ("vip", "user:1", "no segment is called vip"),
        ("asked", "user:0", "no customer is known as user:0"),
        ("asked", "eve@guest.test", "no customer is known as eve@guest.test"),
    ],
)
def test_what_is_not_known(alice, slug, person, message):
    filled("orders.count() >= 3")

    with pytest.raises(SegmentError, match=f"^{message}$"):
        explain(slug, person, now=NOW)


def test_a_broken_segment_says_so(alice, use_source):
    filled('orders.count(where coupon_code = "SPRING") >= 1')
    use_source(WithoutCoupons)

    message = "^asked is broken: /rules/0/where/rules/0/field: orders has no column coupon_code$"
    with pytest.raises(SegmentError, match=message):
        explain("asked", profile_of(alice), now=NOW)


def test_a_shop_that_cannot_be_read(alice, use_source):
    filled("orders.count() >= 3")
    use_source(Torn)

    with pytest.raises(SourceError, match=r"orders\.order_id failed"):
        explain("asked", profile_of(alice), now=NOW)


def test_the_number_of_queries(alice, django_assert_num_queries):
    segment = filled('orders.count() >= 3 and customer.country = "GB"')
    profile = profile_of(alice)

    with django_assert_num_queries(5) as queries:  # who was merged into her, customers, orders, the word, the membership
        explain(segment, profile, now=NOW)
    assert only_reads(queries)
    assert Profile.objects.get(pk=profile.pk).revision == 0
