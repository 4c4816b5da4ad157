from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.errors import SegmentError
from segmentation.membership import define, refresh
from segmentation.membership.define import change
from segmentation.membership.definitions import TakenIn, as_yaml, definitions_of, take_in
from segmentation.models import Segment, SegmentVersion
from segmentation.rules import format_rule, load
from tests.cast import NOW, keys_of, members

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def file_of(*segments: tuple[str, str] | tuple[str, str, str], **changes: str) -> bytes:
    """A file with (slug, rule) or (slug, rule, state) of segments."""
    described = [
        {"slug": slug, "name": slug.capitalize(), "description": "", "state": (state or ["live"])[0], "rule": rule} | changes
        for slug, rule, *state in segments
    ]
    return as_yaml({"version": 1, "base_currency": "GBP", "segments": described}).encode()


def taken(*segments, dry_run: bool = False) -> TakenIn:
    return take_in(file_of(*segments), dry_run=dry_run, now=LATER)


def refused(*segments) -> list[str]:
    with pytest.raises(SegmentError) as caught:
        taken(*segments)
    return str(caught.value).split("\n")


def stored() -> dict[str, tuple[str, str, int]]:
    """Slug -> (state, rule, version)."""
    return {one.slug: (one.state, format_rule(load(one.definition)), one.version) for one in Segment.objects.order_by("slug")}


def exported() -> bytes:
    return as_yaml(definitions_of()).encode()


def test_segments_are_made(alice):
    content = file_of(("loyal", "orders.count() >= 3"), name="Loyal ones", description="They stay.")

    assert take_in(content, by=alice, now=LATER) == TakenIn(("loyal",), (), ())
    segment = Segment.objects.get()
    assert (segment.shop, segment.slug, segment.name, segment.description) == ("default", "loyal", "Loyal ones", "They stay.")
    assert (segment.state, segment.version, segment.definition["base_currency"]) == ("live", 1, "GBP")
    version = segment.versions.get()
    assert (version.created_at, version.created_by, version.definition) == (LATER, alice, segment.definition)


def test_the_next_refresh_fills_them(cast):
    taken(("loyal", "orders.count() >= 3"), ("gone", "orders.count() = 0", "draft"))
    refresh(now=LATER)
    assert (members("loyal"), members("gone")) == (keys_of(cast["alice"]), set())


def test_created_changed_and_unchanged():
    for slug, orders in (("same", 1), ("other", 2), ("left", 3)):
        define(slug, f"orders.count() = {orders}", name=slug.capitalize(), now=NOW)

    report = taken(("new", "orders.count() = 9"), ("other", "orders.count() = 4"), ("same", "orders.count() = 1"))

    assert report == TakenIn(("new",), ("other",), ("same",))
    assert stored() == {
        "left": ("live", "orders.count() = 3", 1),
        "new": ("live", "orders.count() = 9", 1),
        "other": ("live", "orders.count() = 4", 2),
        "same": ("live", "orders.count() = 1", 1),
    }


def test_what_is_unchanged_is_not_touched(django_assert_num_queries):
    for number in range(5):
        define(f"s{number}", f"orders.count() = {number}", name=f"S{number}", now=NOW)
    before = list(Segment.objects.values())
    content = exported()

    with django_assert_num_queries(4):  # a transaction, the locks, the segments
        report = take_in(content, now=LATER)

    assert report.unchanged == ("s0", "s1", "s2", "s3", "s4")
    assert list(Segment.objects.values()) == before
    assert SegmentVersion.objects.count() == 5


@pytest.mark.parametrize("changes", [{"name": "Best"}, {"description": "They stay."}, {"state": "draft"}])
def test_another_word_is_a_change_and_no_version(changes):
    define("loyal", "orders.count() >= 3", name="Loyal", now=NOW)

    assert take_in(file_of(("loyal", "orders.count() >= 3"), **changes), now=LATER).changed == ("loyal",)
    segment = Segment.objects.get()
    assert segment.version == 1
    assert {name: getattr(segment, name) for name in changes} == changes


def test_what_storefronts_are_told_goes_out_and_in_to_the_byte():
    taken(("open", "orders.count() >= 3"), ("closed", "orders.count() >= 4"))
    Segment.objects.filter(slug="open").update(is_published=True)
    written = exported()
    assert written.count(b"is_published") == 1
    assert b"  state: live\n  is_published: true\n  rule: orders.count() >= 3\n" in written
    Segment.objects.update(is_published=False)

    assert take_in(written, now=LATER) == TakenIn((), ("open",), ("closed",))
    assert Segment.objects.get(slug="open").is_published
    assert exported() == written
    assert take_in(written.replace(b"  is_published: true\n", b""), now=LATER).changed == ("open",)
    assert not Segment.objects.filter(is_published=True).exists()


def test_the_same_rule_in_other_words_is_no_change():
    define("loyal", "orders.count() >= 3 and orders.count(last 90 days) >= 1", name="Loyal", now=NOW)
    text = "orders.count()>=3\n  and orders.count( last 90 days ) >= 1"
    assert taken(("loyal", text)).unchanged == ("loyal",)


def test_what_a_refresh_wrote_stays(cast):
    define("loyal", "orders.count() >= 3", name="Loyal", now=NOW)
    refresh(now=NOW)
    taken(("loyal", "orders.count() >= 1"))
    segment = Segment.objects.get()
    assert (segment.size, segment.refreshed_at, segment.refreshed_version, segment.version) == (1, NOW, 1, 2)


def test_a_segment_that_is_archived_loses_its_members(cast, django_capture_on_commit_callbacks):
    define("loyal", "orders.count() >= 3", name="Loyal", now=NOW)
    refresh(now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        taken(("loyal", "orders.count() >= 3", "archived"))
    assert members("loyal") == set()


def test_another_shop_is_left_alone(configure):
    define("loyal", "orders.count() >= 3", now=NOW)
    configure(SHOP="second")
    assert taken(("loyal", "orders.count() >= 9")).created == ("loyal",)
    assert [segment.version for segment in Segment.objects.all()] == [1, 1]


# References


def test_segments_refer_to_each_other_whatever_their_order():
    report = taken(
        ("a", 'in segment "b" and in segment "c"'),
        ("b", 'not in segment "c"'),
        ("c", "orders.count() >= 1"),
        ("d", 'in segment "a"'),
    )
    assert report.created == ("a", "b", "c", "d")


def test_references_may_turn_round():
    define("a", "orders.count() = 1", now=NOW)
    define("b", 'in segment "a"', now=NOW)
    define("between", 'in segment "b"', now=NOW)
    # The end now asks what began, by way of one that the file does not name.
    report = taken(("a", 'in segment "between"'), ("b", "orders.count() = 2"))
    assert report.changed == ("a", "b")


def test_what_others_referred_to_may_go_with_them_or_after_them():
    define("a", "orders.count() = 1", now=NOW)
    define("b", 'in segment "a"', now=NOW)
    define("c", 'in segment "b"', now=NOW)
    define("d", 'in segment "a"', now=NOW)
    report = taken(
        ("a", "orders.count() = 1", "archived"),
        ("b", 'in segment "a"', "archived"),
        ("c", 'in segment "d"'),
        ("d", "orders.count() = 2"),
    )
    assert report.changed == ("a", "b", "c", "d")
    assert [state for state, _, _ in stored().values()] == ["archived", "archived", "live", "live"]


def test_what_others_refer_to_cannot_go():
    define("a", "orders.count() = 1", now=NOW)
    define("b", 'in segment "a"', now=NOW)
    assert refused(("a", "orders.count() = 1", "draft")) == ["line 4, a: a is used by b: change these first"]
    assert stored()["a"] == ("live", "orders.count() = 1", 1)


def test_a_circle_is_told_for_each_that_lies_on_it():
    said = "the segments refer to each other in a circle"
    assert refused(("a", 'in segment "b"'), ("b", 'orders.count() = 1 and in segment "a"'), ("c", 'in segment "c"')) == [
        f"line 8, a: rule /rules/0/segment: {said}: a → b → a",
        f"line 13, b: rule /rules/1/segment: {said}: b → a → b",
        f"line 18, c: rule /rules/0/segment: {said}: c → c",
    ]


def test_a_circle_through_what_is_stored():
    define("a", "orders.count() = 1", now=NOW)
    define("b", 'in segment "a"', now=NOW)
    assert refused(("a", 'in segment "b"')) == [
        "line 8, a: rule /rules/0/segment: the segments refer to each other in a circle: a → b → a"
    ]


def test_a_circle_that_somebody_forced_into_the_database_is_told():
    for slug, other in (("a", "b"), ("b", "a")):
        define(slug, "orders.count() = 1", now=NOW)
        rule = {"kind": "member", "segment": other, "operator": "in"}
        Segment.objects.filter(slug=slug).update(definition=Segment.objects.get(slug=slug).definition | {"rules": [rule]})
    assert refused(("c", "orders.count() = 1"))[0].startswith("the segments refer to each other in a circle: ")


@pytest.mark.parametrize(
    ("rule", "state", "problem"),
    [
        ('in segment "nothing"', "live", "there is no segment called nothing"),
        ('in segment "sleepy"', "live", "the segment sleepy is not live, so nobody is in it"),
        ('in segment "sleepy"', "draft", "the segment sleepy is not live, so nobody is in it"),
    ],
)
def test_references_that_lead_nowhere(rule, state, problem):
    assert refused(("a", rule, state), ("sleepy", "orders.count() = 1", "draft")) == [
        f"line 8, a: rule /rules/0/segment: {problem}"
    ]


# What is refused


def test_everything_wrong_is_told_and_nothing_is_kept():
    define("loyal", "orders.count() >= 3", now=NOW)
    assert refused(
        ("loyal", "orders.count() >= 4"),
        ("big", "orders.sum(weight) > 5 and customer.shoe_size > 40"),
        ("n" * 81, "orders.count() = 1"),
        ("no slug", "orders.count() = 1"),
    ) == [
        "line 13, big: rule /rules/0/of: orders has no column weight",
        "line 13, big: rule /rules/1/field: unknown fact customer.shoe_size",
        f"line 14, {'n' * 81}: slug: Ensure this value has at most 80 characters (it has 81).",
        "line 21, no slug: slug: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    ]
    assert stored() == {"loyal": ("live", "orders.count() >= 3", 1)}


def test_what_cannot_be_read_and_what_cannot_be_asked_are_told_together():
    define("a", "orders.count() = 1", now=NOW)
    define("c", 'in segment "a"', now=NOW)
    content = file_of(
        ("a", 'in segment "b" and customer.shoe_size > 40'),
        ("b", "orders.count( >= 1"),
        ("c", "orders.count() => 1"),
        ("d", 'in segment "c" and in segment "e"'),
        ("e", "orders.count() = 1 or", "draft"),
    )
    with pytest.raises(SegmentError) as caught:
        take_in(content.replace(b"GBP", b"USD"), now=LATER)

    found = str(caught.value).split("\n")
    assert found[:2] == [
        "line 2: the file counts in 'USD', the shop in GBP",
        "line 8, a: rule /rules/1/field: unknown fact customer.shoe_size",
    ]
    assert found[4] == "line 23, d: rule /rules/1/segment: the segment e is not live, so nobody is in it"
    assert [one.partition(", column")[0] for one in (*found[2:4], *found[5:])] == [
        "line 13, b: rule line 1",
        "line 18, c: rule line 1",
        "line 28, e: rule line 1",
    ]
    assert stored() == {"a": ("live", "orders.count() = 1", 1), "c": ("live", 'in segment "a"', 1)}


def test_a_change_that_fails_half_way_leaves_everything(monkeypatch):
    define("a", "orders.count() = 1", now=NOW)
    create = SegmentVersion.objects.create
    monkeypatch.setattr(
        SegmentVersion.objects, "create", lambda **fields: create(**fields) if fields["segment"].slug == "a" else 1 // 0
    )
    with pytest.raises(ZeroDivisionError):
        taken(("a", "orders.count() = 2"), ("b", "orders.count() = 2"))
    assert stored() == {"a": ("live", "orders.count() = 1", 1)}


def test_another_base_currency():
    with pytest.raises(SegmentError, match=r"^line 2: the file counts in 'USD', the shop in GBP$"):
        take_in(file_of(("a", "orders.count() = 1")).replace(b"GBP", b"USD"), now=LATER)


# What nobody asks


def test_an_archived_segment_may_ask_for_what_has_gone():
    assert taken(("old", "customer.shoe_size > 40", "archived")).created == ("old",)
    assert refused(("old", "customer.shoe_size > 40", "draft")) == [
        "line 8, old: rule /rules/0/field: unknown fact customer.shoe_size"
    ]


def test_a_broken_segment_that_the_file_says_nothing_new_of_stays_broken():
    define("loyal", "orders.count() >= 3", name="Loyal", now=NOW)
    Segment.objects.update(state="broken", problem="gone")
    assert taken(("loyal", "orders.count() >= 3")).unchanged == ("loyal",)
    assert Segment.objects.get().state == "broken"


def test_a_broken_segment_is_mended():
    define("loyal", "orders.count() >= 3", name="Loyal", now=NOW)
    Segment.objects.update(state="broken", problem="gone")
    assert taken(("loyal", "orders.count() >= 4")).changed == ("loyal",)
    segment = Segment.objects.get()
    assert (segment.state, segment.problem, segment.version) == ("live", "", 2)


def test_a_definition_that_cannot_be_read_is_written_anew():
    define("loyal", "orders.count() >= 3", name="Loyal", now=NOW)
    Segment.objects.update(definition={"version": 99})
    assert taken(("loyal", "orders.count() >= 3")).changed == ("loyal",)
    assert stored()["loyal"][1] == "orders.count() >= 3"


# There and back


def test_a_dry_run_says_the_same_and_writes_nothing(django_capture_on_commit_callbacks):
    define("loyal", "orders.count() >= 3", name="Loyal", now=NOW)
    before = exported()
    segments = ("loyal", "orders.count() >= 3", "draft"), ("new", 'in segment "b"'), ("b", "orders.count() = 1")
    with django_capture_on_commit_callbacks() as callbacks:
        report = taken(*segments, dry_run=True)
    assert (exported(), callbacks, SegmentVersion.objects.count()) == (before, [], 1)
    assert report == TakenIn(("new", "b"), ("loyal",), ())
    assert taken(*segments) == report


def test_into_an_empty_shop_and_out_again(configure):
    texts = (
        ("plain", 'customer.country in ("FR", "PL")'),
        (
            "wide",
            " and ".join(f"orders.count(last {days} days) >= 1" for days in (30, 60, 90, 365)),
        ),
        ("inside", 'in segment "plain" for at least 7 days'),
        ("ranked", "top 10 percent by spend.sum(amount, last 365 days) leave at 12 percent stay 7 days"),
        ("half", 'bucket "spring" 0 to 49'),
        ("no", 'customer.city contains "é\\"\\n"'),
    )
    for slug, text in texts:
        define(slug, text, name=f"{slug}: 100 %", description=f"{slug}\r\n  and more \n", now=NOW)
    going = define("older", "orders.count() = 0", now=NOW), define("old", 'in segment "older"', now=NOW)
    for segment in reversed(going):
        segment.state = Segment.State.ARCHIVED
        change(segment, load(segment.definition), now=NOW)
    define("idea", "orders.count() = 5", state="draft", now=NOW)
    first = exported()
    configure(SHOP="second")
    assert len(take_in(first, now=LATER).created) == 9
    assert exported() == first
    assert len(take_in(first, now=LATER).unchanged) == 9
