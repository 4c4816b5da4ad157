from __future__ import annotations

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
