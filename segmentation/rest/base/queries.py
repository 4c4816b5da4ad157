"""What an address asks after its `?`, read by a serializer; what is wrong is said of the parameter it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from segmentation.rest.base.problems import Fault, dashed, wrong_address


def asked(request: Request, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The parameters, validated; those that the serializer does not have are nobody's. Raises Failed (400), naming each."""
    sent = serializer(data=request.query_params)
    if not sent.is_valid():
        found = ((name, error) for name, wrong in sent.errors.items() for error in _flat(wrong))
        faults = tuple(Fault("", str(error), dashed(error.code), name) for name, error in found)
        raise wrong_address(faults)
    taken: dict[str, Any] = sent.validated_data
    return taken


def _flat(wrong: Any) -> Iterator[ErrorDetail]:
    if isinstance(wrong, dict | list):
        for inner in wrong.values() if isinstance(wrong, dict) else wrong:
            yield from _flat(inner)
    else:
        yield wrong
