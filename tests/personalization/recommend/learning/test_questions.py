from __future__ import annotations

import numpy as np

from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import history_of
from personalization.recommend.learning.questions import Question, questions_of
from tests.personalization.recommend.learning.bought import DAY, Line, bought

BEFORE: list[Line] = [("a", 0, "x"), ("a", 0, "y"), ("b", 1, "x"), ("b", 9, "z"), ("e", 1, "w")]
AFTER: list[Line] = [
    ("a", 10, "x"),
    ("a", 11, "z"),
    ("b", 10, "z"),
    ("b", 10, "y"),
    ("c", 10, "x"),
    ("d", 12, "w"),
    ("d", 12, "x"),
    ("d", 12, "y"),
    ("d", 12, "z"),
    ("e", 15, "unheard-of"),
]


def questions(moment: int = 10 * DAY, most: int | None = None) -> dict[str, Question]:
    purchases = bought(BEFORE + AFTER)
    before = purchases.before(moment)
    return dict(questions_of(history_of(before, catalogue_of(before, 1), moment), purchases.since(moment), most))


def named(question: Question) -> dict[str, set[str]]:
    return {
        "abcde"[person]: {"wxyz"[column] for column in np.flatnonzero(row)}
        for person, row in zip(question.people, question.answers.toarray(), strict=True)
    }


def test_next_is_the_first_order_since_of_those_who_bought_before() -> None:
    assert named(questions()["next"]) == {"a": {"x"}, "b": {"y", "z"}}


def test_new_is_all_since_that_was_not_bought_before() -> None:
    assert named(questions()["new"]) == {"a": {"z"}, "b": {"y"}}


def test_the_second_of_the_cut_belongs_to_what_is_asked() -> None:
    assert named(questions(10 * DAY)["next"])["a"] == {"x"}
    assert named(questions(10 * DAY + 1)["next"]) == {"a": {"z"}}


def test_half_of_a_basket_of_four_is_hidden() -> None:
    asked = questions()["basket"]
    assert asked.asked.sum(axis=1).tolist() == [[2.0]]
    assert (asked.asked + asked.answers).toarray().tolist() == [[1.0, 1.0, 1.0, 1.0]]


def test_people_are_drawn_alike_each_time() -> None:
    assert len(questions(most=1)["next"]) == 1
    assert questions(most=1)["next"].people.tolist() == questions(most=1)["next"].people.tolist()
