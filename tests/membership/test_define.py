from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from segmentation.errors import RuleError, SegmentError
from segmentation.membership import define, refresh
from segmentation.membership.define import change, revise, sound
from segmentation.models import Membership, Segment, SegmentVersion
from segmentation.rules import dump, parse
from tests.cast import NOW, journal, key_of, keys_of, members, profile_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def versions(segment: Segment) -> list[tuple[int, int]]:
    """(number, limit of the first condition)."""
    rows = segment.versions.order_by("number").values_list("number", "definition")
    return [(number, int(definition["rules"][0]["value"])) for number, definition in rows]


def at_least(orders: int):
    return sound(f"orders.count() >= {orders}")


def test_a_segment_with_its_first_version(alice):
    segment = define("loyal", "orders.count() >= 3", name="Loyal", description="They stay.", by=alice, now=NOW)

    found = Segment.objects.get()
    assert found == segment
    assert (found.shop, found.slug, found.name, found.description) == ("default", "loyal", "Loyal", "They stay.")
    assert (found.state, found.version, found.size, found.refreshed_at, found.problem) == ("live", 1, None, None, "")
    assert found.definition == {
        "version": 1,
        "semantics": 1,
        "base_currency": "GBP",
        "combinator": "and",
        "rules": [{"kind": "behaviour", "field": "orders", "measure": "count", "operator": ">=", "value": "3"}],
    }
    version = SegmentVersion.objects.get()
    assert (version.segment, version.number, version.definition) == (segment, 1, found.definition)
    assert (version.created_at, version.created_by) == (NOW, alice)


def test_the_name_is_the_slug_unless_given(db):
    assert define("loyal", "orders.count() >= 3", now=NOW).name == "loyal"


def test_a_tree_is_as_good_as_a_text(db):
    segment = define("loyal", parse("orders.count() >= 3"), state="draft", now=NOW)

    assert (segment.state, segment.definition) == ("draft", dump(at_least(3)))


def test_nobody_is_in_before_the_first_refresh(alice):
    define("buyers", "orders.count() >= 1", now=NOW)

    assert not Membership.objects.exists()


def test_a_slug_is_taken_once_a_shop(db, configure):
    define("loyal", "orders.count() >= 3", now=NOW)

    with pytest.raises(SegmentError, match=r"^Segment with this Shop and Slug already exists\.$"):
        define("loyal", "orders.count() >= 4", now=NOW)
    assert SegmentVersion.objects.count() == 1
    configure(SHOP="second")
    assert define("loyal", "orders.count() >= 4", now=NOW).shop == "second"


@pytest.mark.parametrize(
    ("slug", "fields", "message"),
    [
        ("no slug", {}, "slug: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
        ("", {"name": "Nameless"}, "slug: This field cannot be blank."),
        ("s" * 81, {}, "slug: Ensure this value has at most 80 characters (it has 81)."),
        ("loyal", {"name": "n" * 121}, "name: Ensure this value has at most 120 characters (it has 121)."),
        ("loyal", {"state": "asleep"}, "state: Value 'asleep' is not a valid choice."),
        (
            "ö!",
            {"state": "asleep"},
            "slug: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.;"
            " state: Value 'asleep' is not a valid choice.",
        ),
    ],
)
def test_a_segment_that_cannot_be_stored_is_refused(db, slug, fields, message):
    with pytest.raises(SegmentError) as caught:
        define(slug, "orders.count() >= 3", now=NOW, **fields)

    assert str(caught.value) == message
    assert not Segment.objects.exists()


def test_a_rule_that_cannot_be_asked_is_told_before_a_slug_that_is_none(db):
    with pytest.raises(RuleError):
        define("no slug", "pets.count() >= 3", now=NOW)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("customer.shoe_size > 40", [("/rules/0/field", "unknown fact customer.shoe_size")]),
        (
            "order.count() > 0 and customer.shoe > 5",
            [("/rules/0/field", "unknown fact order.count(); did you mean orders.count()?"), ("/rules/1/field", None)],
        ),
        ("orders.sum(weight) > 5", [("/rules/0/of", "orders has no column weight")]),
        ("orders.sum(coupon_code) > 5", [("/rules/0/of", "there is no sum of a text")]),
        ("customer.country > 5", [("/rules/0/operator", None)]),
        ('customer.birth_date on "2026-02-30"', [("/rules/0/value", "'2026-02-30' is not a date or time")]),
        ("orders.count() between 5 and 3", [("/rules/0/value", "between has its ends the wrong way round")]),
    ],
)
def test_nothing_is_stored_that_cannot_be_asked(db, text, problems):
    with pytest.raises(RuleError) as caught:
        define("bad", text, now=NOW)

    found = caught.value.problems
    assert [problem.path for problem in found] == [path for path, _ in problems]
    assert all(message in (None, problem.message) for problem, (_, message) in zip(found, problems, strict=True))
    assert not Segment.objects.exists()


def test_text_that_is_no_rule_is_told_with_line_and_column(db):
    with pytest.raises(RuleError) as caught:
        sound("orders.count() >=\n  and")

    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(2, 3)]


def test_a_rule_in_another_currency_is_refused(db):
    with pytest.raises(RuleError, match="the rule counts in USD, the shop in GBP"):
        sound(replace(parse("orders.sum(total) > 5"), base_currency="USD"))


def test_a_rule_is_kept_in_the_shops_currency(db):
    assert sound("orders.sum(total) > 5").base_currency == "GBP"


def test_another_rule_is_another_version(db, alice):
    segment = define("loyal", "orders.count() >= 3", now=NOW)

    change(segment, at_least(4), by=alice, now=LATER)
    segment.refresh_from_db()
    assert (segment.version, segment.definition) == (2, dump(at_least(4)))
    assert versions(segment) == [(1, 3), (2, 4)]
    latest = segment.versions.get(number=2)
    assert (latest.created_at, latest.created_by) == (LATER, alice)


def test_the_same_rule_is_the_same_version(db):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    segment.name = "Loyal ones"

    change(segment, at_least(3), now=LATER)
    segment.refresh_from_db()
    assert (segment.version, segment.name, versions(segment)) == (1, "Loyal ones", [(1, 3)])


def test_going_back_to_an_old_rule_is_a_new_version(db):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    for orders in (4, 3):
        change(segment, at_least(orders), now=LATER)

    assert (segment.version, versions(segment)) == (3, [(1, 3), (2, 4), (3, 3)])


def test_a_change_keeps_the_members_until_the_refresh(cast):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)
    segment.refresh_from_db()

    change(segment, at_least(1), now=LATER)
    assert members("loyal") == keys_of(cast["alice"])
    refresh(now=LATER)
    assert members("loyal") == keys_of(cast["alice"], cast["bob"], cast["dan"])


def test_a_change_does_not_undo_what_a_refresh_wrote_since_the_segment_was_read(cast):
    segment = define("loyal", "orders.count() >= 3", now=NOW)  # read before the refresh, as a form does
    refresh(now=NOW)

    segment.description = "They stay."
    change(segment, at_least(3), now=LATER)
    segment.refresh_from_db()
    assert (segment.size, segment.refreshed_at, segment.refreshed_version) == (1, NOW, 1)
    assert segment.description == "They stay."


@pytest.mark.parametrize("state", [Segment.State.ARCHIVED, Segment.State.DRAFT])
def test_a_segment_that_is_no_longer_answered_is_emptied_with_a_journal(cast, state, ear, django_capture_on_commit_callbacks):
    segment = define("buyers", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)
    segment.refresh_from_db()
    filled = journal(segment)

    segment.state = state
    with django_capture_on_commit_callbacks(execute=True):
        change(segment, at_least(1), now=LATER)
    assert members("buyers") == set()
    buyers = [cast[name] for name in ("alice", "bob", "dan")]
    assert sorted(journal(segment)[len(filled) :]) == sorted((key_of(one), False, LATER, "definition", 1) for one in buyers)
    assert [(name, slug, sorted(profiles), cause) for name, slug, profiles, cause in ear.moves()] == [
        ("left", "buyers", sorted(profile_of(one).pk for one in buyers), "definition")
    ]
    stored = Segment.objects.get()
    for one in (segment, stored):
        assert (one.state, one.size, one.refreshed_at, one.refreshed_version) == (state, None, None, None)
    assert refresh(now=LATER).segments == ()


def test_a_segment_that_is_answered_again_is_filled_anew(cast, django_capture_on_commit_callbacks):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)
    for state in (Segment.State.ARCHIVED, Segment.State.LIVE):
        segment.state = state
        with django_capture_on_commit_callbacks(execute=True):
            change(segment, at_least(3), now=NOW)

    refresh(now=LATER)
    assert [(entered, cause) for _, entered, _, cause, _ in journal(segment)] == [
        (True, "first_fill"),
        (False, "definition"),
        (True, "first_fill"),
    ]
    assert Membership.objects.get().since == LATER


def test_a_broken_segment_is_live_again_with_a_sound_rule(db):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    Segment.objects.update(state=Segment.State.BROKEN, problem="gone")
    segment.refresh_from_db()

    change(segment, at_least(3), now=LATER)
    segment.refresh_from_db()
    assert (segment.state, segment.problem, segment.version) == ("live", "", 1)


def test_a_change_that_fails_leaves_everything(cast, monkeypatch, django_capture_on_commit_callbacks):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)
    segment.refresh_from_db()
    monkeypatch.setattr(SegmentVersion.objects, "create", lambda **fields: 1 // 0)

    segment.state = Segment.State.ARCHIVED
    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(ZeroDivisionError):
        change(segment, at_least(9), now=LATER)
    assert callbacks == []
    segment.refresh_from_db()
    assert (segment.state, segment.version, segment.size) == ("live", 1, 1)
    assert members("loyal") == keys_of(cast["alice"])
    assert versions(segment) == [(1, 3)]


def test_a_slug_that_somebody_took_meanwhile(db):
    define("loyal", "orders.count() >= 3", now=NOW)
    late = Segment(shop="default", slug="loyal", name="Late", definition={})

    with pytest.raises(SegmentError, match="Another segment has this slug"):
        change(late, at_least(1), now=NOW)
    assert (Segment.objects.get().name, SegmentVersion.objects.count()) == ("loyal", 1)


def test_revising_keeps_the_rule_unless_another_is_given(db):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    segment.name = "Loyal"
    revise(segment, now=LATER)
    assert versions(segment) == [(1, 3)]
    revise(segment, "orders.count() >= 4", now=LATER)
    assert (Segment.objects.get().name, versions(segment)) == ("Loyal", [(1, 3), (2, 4)])

    segment.name = "n" * 121
    with pytest.raises(SegmentError, match="name: "):
        revise(segment, now=LATER)


def test_revising_asks_the_rule_it_keeps_unless_nobody_will(db):
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    lost = {"kind": "attribute", "field": "customer.shoe", "operator": "is_set"}
    Segment.objects.update(definition=segment.definition | {"rules": [lost]}, state="broken")
    segment.refresh_from_db()

    with pytest.raises(RuleError, match=r"unknown fact customer\.shoe"):
        revise(segment, now=LATER)
    segment.state = Segment.State.ARCHIVED
    assert revise(segment, now=LATER).state == "archived"
