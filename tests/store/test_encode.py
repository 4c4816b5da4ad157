from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.kernel.columns import LARGEST, MISSING, NO_CODE, Numbers, Places, Sets, Texts
from segmentation.kernel.moments import Calendar
from segmentation.rules.values import Kind
from segmentation.store.encode import Encoding, encode

LONDON = Calendar("Europe/London")


def encoded(kind: Kind, values, shift: int = 0, calendar: Calendar = LONDON):
    """The column, and the values that were no good."""
    faults: list[object] = []
    return encode(values, Encoding(kind, shift, calendar, faults.append)), faults


def integers(values, shift: int = 0, kind: Kind = Kind.NUMBER) -> list[int | None]:
    column, faults = encoded(kind, values, shift)
    assert faults == []
    assert isinstance(column, Numbers)
    assert column.values.dtype == np.int64
    return [None if value == MISSING else value for value in column.values.tolist()]


def test_money_becomes_scaled_integers():
    assert integers([Decimal("10.50"), Decimal("-0.01"), Decimal("0"), None], 2, Kind.MONEY) == [1050, -1, 0, None]


def test_whole_numbers_stay_as_they_are():
    assert integers([0, 7, -3, None, 10**15, -(10**15)]) == [0, 7, -3, None, 10**15, -(10**15)]


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("0.005", 0),
        ("0.015", 2),
        ("0.025", 2),
        ("0.035", 4),
        ("-0.005", 0),
        ("-0.015", -2),
        ("-0.025", -2),
        ("2.675", 268),
        ("1.005", 100),
        ("0.0050000001", 1),
        ("0.0149999999", 1),
        ("123456789.125", 12345678912),
        ("123456789.135", 12345678914),
    ],
)
@pytest.mark.parametrize("as_given", [Decimal, float])
def test_ties_are_rounded_half_even_whatever_the_type(value, cents, as_given):
    assert integers([as_given(value)], 2) == [cents]


def test_ties_among_others_are_rounded_alike():
    assert integers([Decimal("0.125"), None, 0.125, Decimal("7"), 3], 2) == [12, None, 12, 700, 300]


def test_more_digits_than_a_context_holds_are_rounded_once():
    assert integers([Decimal("1234567890.12500000000000000000000001")], 2) == [123456789013]
    assert integers([Decimal("0.125" + "0" * 60 + "1"), Decimal("0.125" + "0" * 60)], 2) == [13, 12]


def test_minor_units_need_no_shift():
    assert integers([1050, -1, None], 0, Kind.MONEY) == [1050, -1, None]


def test_minor_units_finer_than_the_base_currency_are_rounded_half_even():
    assert integers([1050, 1150, 1151, -1050, 49], -2, Kind.MONEY) == [10, 12, 12, -10, 0]


def test_fewer_minor_units_than_the_base_currency_has():
    assert integers([1050], 1, Kind.MONEY) == [10500]


def test_large_numbers_are_exact_to_the_last_digit():
    values = [Decimal("9999999999999.99"), Decimal("-9999999999999.99"), 123_456_789_012_345, 2**53 + 1]
    assert integers(values[:2], 2) == [999_999_999_999_999, -999_999_999_999_999]
    with pytest.raises(AssertionError):
        integers(values[3:])  # beyond what sums are exact for
    assert integers(values[2:3]) == [123_456_789_012_345]


@pytest.mark.parametrize(
    "value",
    [
        LARGEST + 1,
        -LARGEST - 1,
        10**400,
        Decimal("1E+400"),
        Decimal("1E+999999"),
        Decimal("1E+999999999999"),
        1e300,
        float("inf"),
        float("-inf"),
        Decimal("Infinity"),
        float("nan"),
        Decimal("NaN"),
        Decimal("sNaN"),
        "ten",
        "",
        object,
        [1],
        {"a": 1},
        dt.date(2026, 1, 1),
    ],
    ids=repr,
)
def test_what_is_no_number_is_missing_and_counted(value):
    column, faults = encoded(Kind.NUMBER, [Decimal("1.5"), value, None], 2)

    assert column.values.tolist() == [150, MISSING, MISSING]
    assert len(faults) == 1


def test_numbers_spelled_as_text_are_numbers():
    assert integers(["10.50", "7"], 2) == [1050, 700]


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.MONEY, Kind.BOOLEAN, Kind.DATE, Kind.TIME])
def test_nothing_at_all(kind):
    assert integers([], 2, kind) == []
    assert integers([None, None], 2, kind) == [None, None]


def test_yes_and_no():
    assert integers([True, False, None, 1, 0], kind=Kind.BOOLEAN) == [1, 0, None, 1, 0]


@pytest.mark.parametrize("value", [2, -1, "true", "yes", 1.0, Decimal(1)])
def test_what_is_neither_yes_nor_no(value):
    column, faults = encoded(Kind.BOOLEAN, [True, value])

    assert column.values.tolist() == [1, MISSING]
    assert faults == [value]


def test_times_are_floored_to_the_second():
    values = [
        dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2026, 6, 1, 12, 0, 0, 999_999, dt.UTC),
        dt.datetime(2026, 6, 1, 13, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        dt.datetime(1969, 12, 31, 23, 59, 59, 500_000, dt.UTC),
        None,
    ]

    assert integers(values, kind=Kind.TIME) == [0, 1780315200, 1780315200, -1, None]


@pytest.mark.parametrize("value", [dt.datetime(2026, 6, 1), dt.date(2026, 6, 1), "2026-06-01", 0])  # noqa: DTZ001
def test_what_is_no_time(value):
    column, faults = encoded(Kind.TIME, [value])

    assert column.values.tolist() == [MISSING]
    assert faults == [value]


def test_a_date_is_its_midnight_in_the_shop():
    days = [dt.date(1970, 1, 1), dt.date(2026, 6, 1), dt.date(2026, 1, 1), None]

    assert integers(days, kind=Kind.DATE) == [-3600, 1780268400, 1767225600, None]
    column, _ = encoded(Kind.DATE, days[1:2], calendar=Calendar("Asia/Tokyo"))
    assert column.values.tolist() == [1780239600]


@pytest.mark.parametrize("value", [dt.datetime(2026, 6, 1, tzinfo=dt.UTC), "2026-06-01", 20_260_601])
def test_what_is_no_date(value):
    column, faults = encoded(Kind.DATE, [value])

    assert column.values.tolist() == [MISSING]
    assert faults == [value]


def test_texts_that_fold_to_the_same_share_a_code():
    column, faults = encoded(Kind.TEXT, ["Fr", "PL", " fr ", "FR", "Stra\u00dfe", "STRASSE", "e\u0301", "\u00c9"])

    assert isinstance(column, Texts)
    assert column.codes.tolist() == [0, 1, 0, 0, 2, 2, 3, 3]
    assert column.codes.dtype == np.int32
    assert column.folded == ("fr", "pl", "strasse", "\u00e9")
    assert column.shown == ("Fr", "PL", "Stra\u00dfe", "e\u0301")
    assert faults == []


def test_text_that_is_empty_after_trimming_is_no_value():
    column, faults = encoded(Kind.TEXT, [None, "", "  \t", "\u00a0", "a"])

    assert column.codes.tolist() == [NO_CODE] * 4 + [0]
    assert column.known.tolist() == [False] * 4 + [True]
    assert column.folded == ("a",)
    assert faults == []


def test_codes_of_any_type_are_texts():
    column, _ = encoded(Kind.TEXT, [7, UUID(int=10), "7", Decimal("7")])

    assert column.codes.tolist() == [0, 1, 0, 0]
    assert column.folded == ("7", "00000000-0000-0000-0000-00000000000a")


def test_what_is_no_text_is_missing_and_counted():
    column, faults = encoded(Kind.TEXT, ["a", ["a"], {"a": 1}, "A"])

    assert column.codes.tolist() == [0, NO_CODE, NO_CODE, 0]
    assert faults == [["a"], {"a": 1}]


def test_no_texts_at_all():
    column, _ = encoded(Kind.TEXT, [])

    assert (column.codes.tolist(), column.folded, column.shown) == ([], (), ())


def lists(values, faults: list[object] | None = None) -> list[list[str] | None]:
    column = encode(values, Encoding(Kind.SET, 0, LONDON, (faults if faults is not None else []).append))
    assert isinstance(column, Sets)
    assert (column.starts.dtype, column.codes.dtype) == (np.int64, np.int32)
    found = [[column.folded[code] for code in column.codes[start:end]] for start, end in pairwise(column.starts.tolist())]
    return [one if known else None for one, known in zip(found, column.known.tolist(), strict=True)]


def test_sets_of_distinct_folded_texts():
    assert lists([["Lamps", " lamps ", "TEA"], [], None, ["tea", ""], ["\u00a0"], ("garden",), {"Tea"}]) == [
        ["lamps", "tea"],
        [],
        None,
        ["tea"],
        [],
        ["garden"],
        ["tea"],
    ]


def test_texts_of_sets_share_their_codes_and_are_shown_as_they_were_first_written():
    column, _ = encoded(Kind.SET, [["Tea"], ["TEA", "Lamps"]])

    assert column.codes.tolist() == [0, 0, 1]
    assert (column.folded, column.shown) == (("tea", "lamps"), ("Tea", "Lamps"))


@pytest.mark.parametrize("value", ["lamps", 7, {"a": 1}, ["lamps", 7], ["lamps", None], [["lamps"]]], ids=repr)
def test_what_is_no_set_of_texts_is_missing_and_counted(value):
    faults: list[object] = []

    assert lists([["a"], value, ["a"]], faults) == [["a"], None, ["a"]]
    assert faults == [value]


def test_no_sets_at_all():
    assert lists([]) == []
    assert lists([None]) == [None]


def points(values, faults: list[object] | None = None) -> list[tuple[float, float] | None]:
    column = encode(values, Encoding(Kind.GEO, 0, LONDON, (faults if faults is not None else []).append))
    assert isinstance(column, Places)
    return [
        (lat, lon) if known else None
        for lat, lon, known in zip(column.lat.tolist(), column.lon.tolist(), column.known.tolist(), strict=True)
    ]


def test_places_by_pairs_and_by_texts():
    values = [(48.85, 2.35), [Decimal("-33.5"), -70], "51.5, -0.125", ("90", "-180"), None, "", " ", (None, None), (1.5, None)]

    assert points(values) == [(48.85, 2.35), (-33.5, -70), (51.5, -0.125), (90, -180), None, None, None, None, None]


@pytest.mark.parametrize(
    "value",
    [
        (90.01, 0),
        (0, 180.5),
        (-91, 0),
        "48.85",
        "north,east",
        "1,2,3",
        (1, 2, 3),
        48.85,
        {"lat": 1, "lon": 2},
        ("nan", 0),
        ("inf", 0),
    ],
    ids=repr,
)
def test_what_is_no_place_is_missing_and_counted(value):
    faults: list[object] = []

    assert points([value, (1, 2)], faults) == [None, (1, 2)]
    assert faults == [value]


def test_no_places_at_all():
    assert points([]) == []


def test_faults_need_nobody_to_listen():
    assert encode(["ten"], Encoding(Kind.NUMBER, 0, LONDON)).values.tolist() == [MISSING]


def test_every_kind_has_its_encoder():
    assert [type(encode([], Encoding(kind, 0, LONDON))) for kind in Kind] == [Texts] + [Numbers] * 5 + [Sets, Places]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.integers(0, 4))
def test_decimals_and_the_floats_they_are_read_as_are_the_same(value, shift):
    encoded = [int(encode([each], Encoding(Kind.MONEY, shift, LONDON)).values[0]) for each in (value, float(value))]
    assert encoded[0] == encoded[1] == int(value.scaleb(shift).to_integral_value(ROUND_HALF_EVEN))
