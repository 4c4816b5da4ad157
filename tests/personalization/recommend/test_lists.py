from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from personalization.models import RecommendationList, RecommenderVersion
from personalization.recommend import lists
from personalization.recommend.listed import Listed, Part
from personalization.recommend.lists import KEPT_SECONDS, LOOK_SECONDS, MOST_KEPT, Memory, forget_lists, read_lists, write_lists
from tests.cast import NOW
from tests.statements import reading

State = RecommenderVersion.State
LAMP, CANDLE = Listed("lamp", 0.5), Listed("candle", 0.25, "lamp")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Database:
    """Has version 1 with the rows "a" and "b", and counts the questions."""

    def __init__(self) -> None:
        self.version: int | None = 1
        self.rows = {"a": "A", "b": "B"}
        self.asked: list[list[str]] = []
        self.error: Exception | None = None

    def __call__(self, shop: str, keys: Sequence[str]) -> tuple[int | None, dict[str, str]]:
        self.asked.append(list(keys))
        if self.error:
            raise self.error
        return self.version, {key: text for key, text in self.rows.items() if key in keys}


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def memory(database: Database, clock: Clock) -> Memory:
    return Memory(database, clock)


@pytest.fixture
def version(db: None) -> Callable[..., RecommenderVersion]:
    def make(number: int = 1, state: str = State.ACTIVE, shop: str = "default") -> RecommenderVersion:
        return RecommenderVersion.objects.create(shop=shop, number=number, state=state, started_at=NOW)

    return make


def tell_the_others(keys: Sequence[str] | None) -> None:
    """As another process does once it has written; its own memory is another."""
    lists._tell(keys)


# In memory.


def test_rows_are_asked_for_once_a_minute_and_missing_ones_too(memory: Memory, database: Database, clock: Clock) -> None:
    assert memory.rows("default", ["b", "none", "a", "b"]) == (1, {"b": "B", "a": "A"})
    assert memory.rows("default", ["a", "none"]) == (1, {"a": "A"})
    assert memory.rows("default", []) == (1, {})
    assert database.asked == [["b", "none", "a"]]

    clock.now += KEPT_SECONDS
    database.rows["a"] = "A2"
    assert memory.rows("default", ["a"]) == (1, {"a": "A2"})
    assert database.asked[1:] == [["a"]]


def test_a_shop_without_a_version_is_remembered(memory: Memory, database: Database, clock: Clock) -> None:
    database.version, database.rows = None, {}
    assert memory.rows("default", []) == memory.rows("default", []) == (None, {})
    assert memory.rows("default", ["a"]) == memory.rows("default", ["a"]) == (None, {})
    assert database.asked == [[], ["a"]]


def test_another_version_is_never_mixed_with_the_one_before(memory: Memory, database: Database) -> None:
    memory.rows("default", ["a"])
    database.version, database.rows = 2, {"a": "A2", "b": "B2"}

    assert memory.rows("default", ["a"]) == (1, {"a": "A"})
    assert memory.rows("default", ["a", "b"]) == (2, {"a": "A2", "b": "B2"})
    assert database.asked == [["a"], ["b"], ["a", "b"]]
    assert memory.rows("default", ["b", "a"]) == (2, {"b": "B2", "a": "A2"})
    assert len(database.asked) == 3


def test_two_shops_do_not_share(memory: Memory, database: Database) -> None:
    memory.rows("default", ["a"])
    database.rows["a"] = "other"
    assert memory.rows("second", ["a"]) == (1, {"a": "other"})


def test_a_database_that_fails_keeps_what_was_known(
    memory: Memory, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    memory.rows("default", ["a"])
    database.error = OSError("gone")
    clock.now += KEPT_SECONDS

    assert memory.rows("default", ["a", "b"]) == (1, {"a": "A"})
    assert "lists of recommendations cannot be read" in caplog.text


@pytest.mark.django_db
def test_a_question_that_fails_leaves_the_shops_transaction_whole() -> None:
    def read(shop: str, keys: Sequence[str]) -> tuple[int | None, dict[str, str]]:
        connection.cursor().execute("SELECT packed FROM no_such_table")
        return 1, {}

    with transaction.atomic():
        assert Memory(read).rows("default", ["a"]) == (None, {})
        assert not RecommenderVersion.objects.exists()


def test_only_so_many_are_remembered(memory: Memory, database: Database) -> None:
    memory.rows("default", [f"row {number}" for number in range(MOST_KEPT + 1)])
    memory.rows("default", ["a"])
    assert list(memory._rows) == ["a"]


# What other processes write.


def test_a_row_that_another_process_wrote_is_read_anew_and_no_other(memory: Memory, database: Database, clock: Clock) -> None:
    memory.rows("default", ["a", "b"])
    tell_the_others(["a"])
    assert memory.rows("default", ["a", "b"]) == (1, {"a": "A", "b": "B"})

    clock.now += LOOK_SECONDS
    memory.rows("default", ["a", "b"])
    memory.rows("default", ["a", "b"])
    assert database.asked == [["a", "b"], ["a"]]


def test_all_rows_when_all_or_very_many_were_written(memory: Memory, database: Database, clock: Clock) -> None:
    memory.rows("default", ["a", "b"])
    tell_the_others(None)
    clock.now += LOOK_SECONDS
    memory.rows("default", ["a", "b"])
    assert database.asked == [["a", "b"], ["a", "b"]]


def test_what_is_written_while_it_is_read_is_read_again(memory: Memory, database: Database, clock: Clock) -> None:
    class Overtaken(Database):
        def __call__(self, shop: str, keys: Sequence[str]) -> tuple[int | None, dict[str, str]]:
            found = super().__call__(shop, keys)
            if len(self.asked) == 1:
                self.rows["a"] = "A2"
                tell_the_others(["a"])
            return found

    overtaken = Overtaken()
    memory = Memory(overtaken, clock)
    assert memory.rows("default", ["a"])[1] == {"a": "A"}
    clock.now += LOOK_SECONDS
    assert memory.rows("default", ["a"])[1] == {"a": "A2"}


def test_a_cache_that_fails_harms_nothing(
    memory: Memory, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no cache")

    monkeypatch.setattr(cache, "get_many", fail)
    monkeypatch.setattr(cache, "set_many", fail)
    assert memory.rows("default", ["a"]) == (1, {"a": "A"})
    clock.now += LOOK_SECONDS
    assert memory.rows("default", ["a"]) == (1, {"a": "A"})
    tell_the_others(["a"])
    assert database.asked == [["a"]]
    assert "cannot be told" in caplog.text


def test_marks_tell_nobody_whose_they_are() -> None:
    assert "alice" not in lists._mark("default", "person:user:alice")
    assert lists._mark("default", "a") != lists._mark("second", "a")


# In the database.


def test_written_and_read(version: Callable[..., RecommenderVersion]) -> None:
    active = version()
    assert write_lists(active, [("product:1", {Part.TOGETHER: [LAMP, CANDLE]}), ("product:2", {})]) == 2

    assert read_lists("default", ["product:1", "product:2", "product:3"]) == (
        active.pk,
        {"product:1": {"together": [LAMP, CANDLE]}, "product:2": {}},
    )


def test_written_again_in_place_of_what_was_there(version: Callable[..., RecommenderVersion]) -> None:
    active = version()
    write_lists(active, [("a", {"next": [LAMP]}), ("b", {"next": [LAMP]})])
    read_lists("default", ["a", "b"])

    assert write_lists(active, [("a", {"next": [LAMP]}), ("a", {"next": [CANDLE]})]) == 1
    assert read_lists("default", ["a", "b"])[1] == {"a": {"next": [CANDLE]}, "b": {"next": [LAMP]}}
    assert RecommendationList.objects.count() == 2


def test_one_query_when_cold_and_none_when_warm(version: Callable[..., RecommenderVersion]) -> None:
    write_lists(version(), [("a", {"next": [LAMP]})])
    with reading(1):
        read_lists("default", ["a", "b"])
    with CaptureQueriesContext(connection) as warm:
        assert read_lists("default", ["b", "a"])[1] == {"a": {"next": [LAMP]}}
        assert read_lists("default", [])[0] is not None
    assert len(warm) == 0


def test_only_the_active_version_of_the_shop(version: Callable[..., RecommenderVersion]) -> None:
    for number, state in enumerate([State.READY, State.REFUSED, State.FAILED, State.TRAINING], 1):
        write_lists(version(number, state), [("a", {"next": [LAMP]})])
    write_lists(version(1, State.ACTIVE, "second"), [("a", {"next": [CANDLE]})])
    with reading(1):
        assert read_lists("default", ["a"]) == (None, {})
        assert read_lists("default", ["a"]) == (None, {})


def test_a_version_without_the_row_is_a_version(version: Callable[..., RecommenderVersion]) -> None:
    assert read_lists("default", ["a"]) == (None, {})
    forget_lists()
    active = version()
    assert read_lists("default", ["a"]) == (active.pk, {})
    assert read_lists("default", [f"row {number}" for number in range(1201)]) == (active.pk, {})


def test_text_that_is_no_list_is_left_out(version: Callable[..., RecommenderVersion], caplog: pytest.LogCaptureFixture) -> None:
    active = version()
    write_lists(active, [("b", {"next": [LAMP]})])
    RecommendationList.objects.create(version=active, key="a", packed='{"next": 5}')
    assert read_lists("default", ["a", "b"])[1] == {"b": {"next": [LAMP]}}
    assert "the lists of a cannot be read" in caplog.text


def test_many_rows_in_short_transactions(version: Callable[..., RecommenderVersion], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "WRITTEN", 2)
    training = version(state=State.TRAINING)
    with CaptureQueriesContext(connection) as captured:
        assert write_lists(training, ((f"row {number}", {"next": [LAMP]}) for number in range(5))) == 5
    assert [query["sql"].split()[0] for query in captured].count("INSERT") == 3


def test_others_are_told_of_the_active_version_alone_and_after_the_commit(
    version: Callable[..., RecommenderVersion], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write_lists(version(1, State.TRAINING), [("a", {"next": [LAMP]})])
    assert cache.get(lists._mark("default", "a")) is None

    active = version(2)
    with django_capture_on_commit_callbacks() as waiting:
        write_lists(active, [("a", {"next": [LAMP]})])
    assert cache.get(lists._mark("default", "a")) is None
    for tell in waiting:
        tell()
    assert cache.get(lists._mark("default", "a")) is not None
    assert cache.get(lists._mark("default", "b")) is None


@pytest.mark.django_db
def test_a_row_whose_key_is_too_long_is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    version = RecommenderVersion.objects.create(number=1, started_at=NOW)
    assert write_lists(version, [("product:" + "x" * 300, {}), ("product:x", {})]) == 1
    assert list(version.lists.values_list("key", flat=True)) == ["product:x"]
    assert "longer than 300 characters" in caplog.text
