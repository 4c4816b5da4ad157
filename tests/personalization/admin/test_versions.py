from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from personalization.admin import versions
from personalization.errors import NothingToLearn
from personalization.models import RecommenderVersion
from tests.admin.conftest import told
from tests.personalization.admin.conftest import url
from tests.personalization.admin.recommending import THEN, card, make_version

State = RecommenderVersion.State

SAMPLE = card()


def cells(response: Any, *names: str) -> list[list[str]]:
    """What the list shows in these columns."""
    shown = response.context["cl"]
    admin = shown.model_admin
    return [[str(getattr(admin, name)(row)) for name in names] for row in shown.result_list]


def test_versions_are_compared_with_the_one_before(admin: Client) -> None:
    make_version(1, card=card(next=0.25, new=0.12))
    make_version(2, State.FAILED, card={}, why="The shop was gone.")
    make_version(3, State.ACTIVE)
    make_version(4, State.REFUSED, card=card(next=0.2))
    response = admin.get(url("recommenderversion_changelist"))
    assert cells(response, "state_shown", "next_shown", "new_shown") == [
        [
            "refused",
            '0.200 <span class="regulars-down">\u22120.070</span>',
            '0.118 <span class="regulars-same">\u00b10.000</span>',
        ],
        [
            '<span class="regulars-active">active</span>',
            '0.270 <span class="regulars-up">+0.020</span>',
            '0.118 <span class="regulars-down">\u22120.002</span>',
        ],
        ["failed", "-", "-"],
        ["ready", "0.250", "0.120"],
    ]
    assert cells(response, "orders_shown") == [["18,532"], ["18,532"], ["-"], ["18,532"]]
    assert "Version 3 is served since" in response.content.decode()


def test_the_list_asks_no_more_for_more_versions(admin: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 21):
        make_version(number)
    with django_assert_max_num_queries(12):
        admin.get(url("recommenderversion_changelist"))


def test_another_shops_versions_are_not_there(admin: Client) -> None:
    other = make_version(1, State.ACTIVE, shop="elsewhere")
    response = admin.get(url("recommenderversion_changelist"))
    assert list(response.context["cl"].result_list) == []
    assert response.context["served"] is None
    assert admin.get(url("recommenderversion_switch", other.pk)).status_code == 404


def test_the_card_says_what_was_learned_and_how_well(admin: Client, django_assert_max_num_queries: Any) -> None:
    version = make_version(3, State.ACTIVE)
    with django_assert_max_num_queries(8):
        response = admin.get(url("recommenderversion_change", version.pk))
    facts = {fact.label: fact.value for fact in response.context["facts"]}
    assert facts == {
        "People": "4,338",
        "Products": "3,665",
        "Orders": "18,532",
        "Lines of orders": "396,337",
        "Ordered": "June 2, 2025 \u2013 May 31, 2026",
        "Coverage": "62.0%",
    }
    text = response.content.decode()
    assert "Ten products shown to each of 1,898 customers held 15.8% of what they ordered next." in text
    assert "Ours score 0.270, “What they bought most often” 0.259: 4.2% better." in text
    tables = {table.name: table.rows for table in response.context["tables"]}
    assert tables["settings"] == [
        ("The next order", "what they bought before", "counts for half after 112 days"),
        ("The next order", "what was bought by the same people", "weighting tfidf"),
        ("Something new", "what goes with all that they bought (EASE)", "penalty 200"),
        ("The rest of a basket", "what goes with the whole basket (EASE)", "penalty 12.500"),
    ]
    assert tables["tried"][0] == ("The next order", "frequency half life=9676800", "0.260")
    assert tables["cost"] == [
        ("lists: people", "4,338"),
        ("lists: products", "3,665"),
        ("learning", "14.500 s"),
        ("reading", "2.250 s"),
    ]


def test_the_card_says_what_was_left_out_and_why() -> None:
    facts = versions.facts({"data": {"left_out": {"nobodys": 1_200, "untimed": 0, "few_buyers": 34, "unheard": 5}}})
    assert [(fact.value, fact.more) for fact in facts if fact.label == "Rows left out"] == [
        ("1,234", "1,200 orders of nobody whom the shop knows, 34 lines of products that fewer than five people bought")
    ]


def test_what_never_fades_and_what_follows_a_trend_is_said() -> None:
    parts = [
        {"model": "frequency", "half_life": None},
        {"model": "als", "trend": 7 * 86_400, "strength": 1.5},
        {"model": "magic"},
    ]
    assert versions.settings_table({"choice": {"settings": {"next": {"parts": parts}}}}).rows == [
        ("The next order", "what they bought before", "counts the same, however long ago"),
        ("The next order", "what fits their taste (ALS)", "follows the trend of 7 days, strength 1.500"),
        ("The next order", "magic", "-"),
    ]


def test_why_a_version_is_not_served_is_said_and_escaped(admin: Client) -> None:
    version = make_version(4, State.REFUSED, why="Worse at <b>next</b>.")
    assert "Worse at &lt;b&gt;next&lt;/b&gt;." in admin.get(url("recommenderversion_change", version.pk)).content.decode()


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Of everything inside."""
    found = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in found:
        yield (*path, name)
        yield from paths(value, (*path, name))


def spoiled(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The card with something else at that path; "gone" takes it away."""
    made = deepcopy(SAMPLE)
    inside: Any = made
    for name in path[:-1]:
        inside = inside[name]
    if value == "gone" and isinstance(inside, dict):
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return made


ODD = ("gone", None, "x", [], {}, [None], 1e400, True)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_no_card_breaks_a_page(admin: Client, value: Any) -> None:
    seen = set()
    for path in paths(SAMPLE):
        shape = tuple(name for name in path if isinstance(name, str))
        if shape in seen:
            continue
        seen.add(shape)
        odd = spoiled(path, value)
        for section in versions.sections(versions.report_of(odd)):
            assert all(chart.table.rows and chart.data["labels"] for chart in section.charts)
        assert [versions.facts(odd), versions.settings_table(odd), versions.cost_table(odd), versions.tried_table(odd)]
    version = make_version(5, card=spoiled(("report",), value if value != 1e400 else None))
    for page in (url("recommenderversion_change", version.pk), url("recommenderversion_changelist")):
        assert admin.get(page).status_code == 200


@pytest.mark.parametrize("odd", [{}, [], "x", 3])
def test_a_version_without_a_card_has_a_page(admin: Client, odd: Any) -> None:
    version = make_version(5, State.FAILED, card=odd)
    make_version(6)
    response = admin.get(url("recommenderversion_change", version.pk))
    assert "No evaluation is kept with this version." in response.content.decode()
    assert admin.get(url("recommenderversion_changelist")).status_code == 200


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Replaces the work of the task."""

    def replace(work: Callable[[], Any]) -> list[Any]:
        begun: list[Any] = []

        def train(*, now: datetime) -> None:
            begun.append(now)
            work()

        monkeypatch.setattr("personalization.tasks.train", train)
        return begun

    return replace


@pytest.mark.parametrize(
    ("state", "why", "said"),
    [
        (State.ACTIVE, "", ("success", "Version 2 is trained and served.")),
        (State.REFUSED, "worse at next", ("warning", "Version 2 is not served: worse at next")),
        (State.FAILED, "nobody ordered", ("error", "Version 2 failed: nobody ordered")),
    ],
)
def test_a_training_that_runs_at_once_tells_how_it_went(
    admin: Client, task: Callable[..., list[Any]], state: str, why: str, said: tuple[str, str]
) -> None:
    make_version(1)
    begun = task(lambda: make_version(2, state, why=why))
    response = admin.post(url("recommenderversion_train"), follow=True)
    assert len(begun) == 1
    assert told(response) == [said]
    assert not response.context["doing"].waits


def test_a_training_that_raises_is_told(admin: Client, task: Callable[..., list[Any]]) -> None:
    def fail() -> None:
        raise NothingToLearn("there are no orders")

    task(fail)
    response = admin.post(url("recommenderversion_train"), follow=True)
    assert told(response) == [("error", "Nothing was done: there are no orders")]


def test_a_broker_that_is_down_is_told(admin: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr("personalization.tasks.train_recommender.apply_async", refuse)
    response = admin.post(url("recommenderversion_train"), follow=True)
    assert told(response) == [("error", "It could not be started; the log says why.")]
    assert "no broker" in caplog.text


def test_a_page_waits_for_a_worker_until_it_is_done(admin: Client, task: Callable[..., list[Any]]) -> None:
    task(lambda: None)  # it is a worker's
    response = admin.post(url("recommenderversion_train"), follow=True)
    assert told(response) == [("info", "A worker trains a new version; this page shows how far it is.")]
    text = response.content.decode()
    assert f'data-rg-progress="{url("recommenderversion_progress")}" data-rg-mark="-"' in text
    assert 'id="train_form"' not in text

    progress = url("recommenderversion_progress")
    assert admin.get(progress).json() == {"mark": "-", "percent": 0, "text": "Waiting for a worker to begin.", "waits": True}
    version = make_version(1, State.TRAINING, progress=40, card={})
    assert admin.get(progress).json() == {
        "mark": f"{version.pk}:training",
        "percent": 40,
        "text": "“1” is being worked on: 40% done.",
        "waits": True,
    }
    response = admin.post(url("recommenderversion_train"), follow=True)
    assert told(response) == [("warning", "A training is under way already.")]
    RecommenderVersion.objects.update(state=State.ACTIVE)
    assert admin.get(progress).json() == {"mark": f"{version.pk}:active", "percent": 0, "text": "", "waits": False}


@pytest.fixture
def switched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of versions that were switched to."""
    found: list[int] = []

    def switch(version: RecommenderVersion, *, now: datetime) -> None:
        if version.number == 13:
            raise ValueError("it has no lists")
        found.append(version.number)

    monkeypatch.setattr(versions, "switch_to", switch)
    return found


def test_an_owner_switches_back_after_looking(admin: Client, switched: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[list[int]] = []
    monkeypatch.setattr("personalization.tasks.catching_up.catch_up", lambda version, *, now: scored.append([*switched]))
    old = make_version(1, card=card(next=0.25))
    make_version(2, State.ACTIVE)
    assert url("recommenderversion_switch", old.pk) in admin.get(url("recommenderversion_change", old.pk)).content.decode()
    response = admin.get(url("recommenderversion_switch", old.pk))
    assert response.context["table"].headings == ["What", "Version 1", "Version 2"]
    assert ("The next order", "0.250", "0.270") in response.context["table"].rows
    assert switched == []
    assert told(admin.post(url("recommenderversion_switch", old.pk), follow=True)) == [("success", "Version 1 is served.")]
    assert switched == [1]
    assert scored == [[1]]  # who might want a product is told by what is served from then on


def test_a_version_without_lists_is_not_switched_to(admin: Client, switched: list[int]) -> None:
    empty = make_version(13)
    response = admin.post(url("recommenderversion_switch", empty.pk), follow=True)
    assert told(response) == [("error", "Nothing was done: it has no lists")]


@pytest.mark.parametrize("state", [State.ACTIVE, State.FAILED, State.TRAINING])
def test_what_cannot_be_served_is_not_switched_to(admin: Client, switched: list[int], state: str) -> None:
    version = make_version(1, state)
    response = admin.post(url("recommenderversion_switch", version.pk), follow=True)
    assert told(response) == [("warning", "Version 1 cannot be switched to.")]
    assert switched == []


def test_who_may_not_look_or_train_cannot(staff: Callable[..., Client], switched: list[int], task: Any) -> None:
    version = make_version(1)
    begun = task(lambda: None)
    nobody, reader, trainer = (
        staff("view_slot"),
        staff("view_recommenderversion"),
        staff("view_recommenderversion", "train_recommender"),
    )
    for page in ("changelist", "progress"):
        assert nobody.get(url(f"recommenderversion_{page}")).status_code == 403
    assert nobody.get(url("recommenderversion_change", version.pk)).status_code == 403
    text = reader.get(url("recommenderversion_changelist")).content.decode()
    assert 'id="train_form"' not in text
    assert "Preview recommendations" not in text
    assert "Serve this version" not in reader.get(url("recommenderversion_change", version.pk)).content.decode()
    for client in (nobody, reader, staff("train_recommender")):
        assert client.post(url("recommenderversion_train")).status_code == 403
        assert client.post(url("recommenderversion_switch", version.pk)).status_code == 403
    assert (begun, switched) == ([], [])
    assert trainer.post(url("recommenderversion_train")).status_code == 302
    assert trainer.post(url("recommenderversion_switch", version.pk)).status_code == 302
    assert (len(begun), switched) == (1, [1])


def test_nothing_is_done_by_looking(admin: Client, task: Any) -> None:
    begun = task(lambda: None)
    assert admin.get(url("recommenderversion_train")).status_code == 405
    assert begun == []


def test_versions_are_written_by_trainings_alone(admin: Client) -> None:
    version = make_version(1)
    assert admin.get(url("recommenderversion_add")).status_code == 403
    assert admin.post(url("recommenderversion_change", version.pk), {"number": 9}).status_code == 403
    assert admin.post(url("recommenderversion_delete", version.pk), {"post": "yes"}).status_code == 403
    version.refresh_from_db()
    assert (version.number, version.started_at) == (1, THEN)
