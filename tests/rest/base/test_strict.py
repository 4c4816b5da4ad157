from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from segmentation.rest.base.problems import answer_to
from segmentation.rest.base.strict import Strict


class Point(Strict):
    """Something with a field of each type."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(max_length=5, required=False)
    size = serializers.IntegerField(required=False, allow_null=True)
    is_on = serializers.BooleanField(required=False)
    words = serializers.ListField(child=serializers.CharField(), required=False)


class Line(Strict):
    """Something with a part."""

    start = Point()


def refused(sent: Any) -> dict[str, str]:
    """Pointer -> code of each thing that is wrong."""
    with pytest.raises(ValidationError) as caught:
        Line(data=sent).is_valid(raise_exception=True)
    response: Any = answer_to(caught.value, {})
    return {each["pointer"]: each["code"] for each in response.data["errors"]}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"start": {"id": 3}}, {"/start/id": "read-only"}),
        ({"start": {"shop": "other", "a/b": 1}}, {"/start/shop": "unknown", "/start/a~1b": "unknown"}),
        ({"start": {"name": 3}}, {"/start/name": "type"}),
        ({"start": {"size": "3"}}, {"/start/size": "type"}),
        ({"start": {"size": True}}, {"/start/size": "type"}),
        ({"start": {"is_on": "true"}}, {"/start/is_on": "type"}),
        ({"start": {"words": ["a", 1]}}, {"/start/words": "type"}),
        ({"start": {"words": "a"}}, {"/start/words": "not-a-list"}),
        ({"start": {"name": None}}, {"/start/name": "null"}),
        (
            {"start": {"name": "too long", "id": 3}, "end": {}},
            {"/start/name": "max-length", "/start/id": "read-only", "/end": "unknown"},
        ),
        ({"end": 1}, {"/start": "required", "/end": "unknown"}),
        ([], {"": "invalid"}),
    ],
)
def test_what_is_odd_is_refused_with_a_pointer(sent: Any, expected: dict[str, str]) -> None:
    assert refused(sent) == expected


def test_what_fits_is_taken() -> None:
    sent = {"start": {"name": "a", "size": None, "is_on": True, "words": ["x"]}}
    line = Line(data=sent)
    assert line.is_valid()
    assert line.validated_data == sent


def test_three_is_three_however_json_writes_it() -> None:
    line = Line(data={"start": {"size": 3.0}})
    assert line.is_valid(), line.errors
    assert line.validated_data == {"start": {"size": 3}}
    assert refused({"start": {"size": 3.5}}) == {"/start/size": "type"}


class Everything(Strict):
    """Times and amounts."""

    at = serializers.DateTimeField()
    amounts = serializers.ListField(child=serializers.DecimalField(6, 2))
    day = serializers.DateField(format="%d")


def test_times_and_amounts_are_written_in_one_way(settings: Any) -> None:
    settings.REST_FRAMEWORK = {"DATETIME_FORMAT": "%Y", "COERCE_DECIMAL_TO_STRING": False, "DATE_INPUT_FORMATS": ["%d/%m/%Y"]}
    settings.TIME_ZONE = "Asia/Taipei"
    at = datetime(2026, 6, 1, 12, tzinfo=UTC)
    said = Everything({"at": at, "amounts": [Decimal(1)], "day": at.date()}).data
    # The shop's zone is London, and who declared a format has it.
    assert said == {"at": "2026-06-01T13:00:00+01:00", "amounts": ["1.00"], "day": "01"}
    read = Everything(data={"at": "2026-06-01T13:00:00", "amounts": [], "day": "2026-06-01"})
    assert read.is_valid(), read.errors
    assert read.validated_data["at"] == at


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
def test_the_ends_of_time_are_no_fault_of_ours(text: str) -> None:
    Everything(data={"at": text, "amounts": [], "day": "2026-06-01"}).is_valid()


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e1000000", 10**30])
def test_amounts_that_are_none(amount: Any) -> None:
    assert not Everything(data={"at": "2026-06-01T13:00:00", "amounts": [amount], "day": "2026-06-01"}).is_valid()
