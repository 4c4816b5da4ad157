from __future__ import annotations

import csv
from pathlib import Path

import pytest

from personalization.management.personalization import recommend as command
from personalization.recommend.training import offline
from tests.cast import key_of
from tests.personalization.recommend.training.conftest import CHOICE, Fake


@pytest.fixture
def learned(monkeypatch):
    """Fakes that say who was learned from."""
    asked = []

    class Told(Fake):
        def people(self):
            for key, lists in super().people():
                yield key, {**lists, "again": lists["next"][:1]}

        def popular(self):
            return {"best": self._all(), "trending": self._all()[::-1]}

    def fit(purchases, choice, *, now, described, progress):
        asked.append((len(purchases), now))
        return Told(purchases, choice)

    monkeypatch.setattr(offline, "choose", lambda purchases, progress: CHOICE)
    monkeypatch.setattr(offline, "fit", fit)
    return asked


def read(path: Path) -> list[list[str]]:
    with path.open(newline="") as file:
        return list(csv.reader(file))


def test_everyones_next_order(bought, cast, learned, personalization, tmp_path):
    out = tmp_path / "out.csv"
    ran = personalization("recommend", "--strategy", "for_you", "--out", str(out), "--limit", "2", "--json")
    assert ran.data == {"file": str(out), "customers": 3, "rows": 6}
    rows = read(out)
    assert rows[0] == ["customer", "rank", "product"]
    a, b, _ = bought
    alice, bob, dan = str(cast["alice"].pk), str(cast["bob"].pk), key_of(cast["dan"])
    assert sorted(rows[1:]) == sorted([who, rank, what] for who in (alice, bob, dan) for rank, what in [("1", a), ("2", b)])


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [("discover", [1, 2]), ("buy_again", [0]), ("best_sellers", [0, 1, 2]), ("trending", [2, 1, 0])],
)
def test_each_strategy_has_its_list(bought, cast, learned, personalization, tmp_path, strategy, expected):
    out = tmp_path / "out.csv"
    assert personalization("recommend", "--strategy", strategy, "--out", str(out)).code == 0
    mine = [row for row in read(out) if row[0] == str(cast["bob"].pk)]
    assert [(int(row[1]), row[2]) for row in mine] == list(enumerate([bought[place] for place in expected], 1))


def test_only_what_came_before_the_day_is_learned_from(bought, cast, learned, personalization, tmp_path):
    out = tmp_path / "out.csv"
    for strategy in ("for_you", "best_sellers"):
        personalization("recommend", "--strategy", strategy, "--fit-until", "2026-05-01", "--out", str(out))
        assert {row[0] for row in read(out)[1:]} == {str(cast["alice"].pk), str(cast["bob"].pk)}
    assert [lines for lines, _ in learned] == [3, 3]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--strategy", "psychic"], 1, 'no strategy is called "psychic"; there are back_in_stock, because_you_bought'),
        (["--strategy", "similar"], 1, "for everybody there are best_sellers, buy_again, discover, for_you, trending"),
        (["--strategy", "for_you", "--limit", "0"], 2, "--limit must be at least 1"),
        (["--strategy", "for_you", "--fit-until", "soon"], 2, "is not a date in ISO 8601"),
        (["--strategy", "for_you", "--fit-until", "1999-01-01"], 1, "bought anything before 1999-01-01"),
    ],
)
def test_what_cannot_be_written_leaves_no_file(bought, learned, personalization, tmp_path, arguments, code, message):
    out = tmp_path / "out.csv"
    ran = personalization("recommend", *arguments, "--out", str(out))
    assert (ran.code, ran.out, out.exists()) == (code, "", False)
    assert message in ran.err


def test_a_folder_that_is_not_there_is_told_before_anything_is_learned(bought, learned, personalization, tmp_path):
    ran = personalization("recommend", "--strategy", "for_you", "--out", str(tmp_path / "no" / "out.csv"))
    assert (ran.code, learned) == (2, [])
    assert f"there is no folder {tmp_path / 'no'}" in ran.err


def test_a_huge_limit_is_told(bought, learned, personalization, tmp_path):
    ran = personalization("recommend", "--strategy", "for_you", "--out", str(tmp_path / "out.csv"), "--limit", "1000000")
    assert (ran.code, ran.err) == (0, "lists have 50 products at most\n")


def test_no_orders(db, learned, personalization, tmp_path):
    ran = personalization("recommend", "--strategy", "for_you", "--out", str(tmp_path / "out.csv"))
    assert ran.code == 1
    assert "there is nothing to learn from" in ran.err


def test_no_id_is_a_formula_to_a_spreadsheet(personalization, monkeypatch, tmp_path):
    everyone = [("=cmd|' /C calc'!A0", ["@SUM(A1)", "-1+1", "+1", "\t=1", "\r=1", "LAMP-1", "a=b"])]
    monkeypatch.setattr(command, "recommend_everyone", lambda *_asked, **_said: everyone)
    out = tmp_path / "out.csv"
    assert personalization("recommend", "--strategy", "for_you", "--out", str(out)).code == 0
    assert [row[2] for row in read(out)[1:]] == ["'@SUM(A1)", "'-1+1", "'+1", "'\t=1", "'\r=1", "LAMP-1", "a=b"]
    assert {row[0] for row in read(out)[1:]} == {"'=cmd|' /C calc'!A0"}
