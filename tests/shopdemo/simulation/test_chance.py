from __future__ import annotations

import datetime as dt

from shopdemo.simulation.chance import chance, moment

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_a_subject_always_gets_the_same() -> None:
    assert [chance("stock", "22423").randint(0, 999) for _ in range(3)] == [chance("stock", "22423").randint(0, 999)] * 3


def test_subjects_get_different_things() -> None:
    assert chance("stock", "22423").random() != chance("stock", "22424").random()


def test_a_moment_lies_between() -> None:
    dice = chance("moments")
    end = START + dt.timedelta(seconds=3)
    assert {moment(dice, START, end) for _ in range(200)} == {START + dt.timedelta(seconds=seconds) for seconds in range(4)}


def test_there_is_no_time_before_the_start() -> None:
    assert moment(chance("moments"), START, START - dt.timedelta(days=1)) == START - dt.timedelta(days=1)
