"""What a push says: its rows, and what shall be done with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from rest_framework import serializers

from segmentation.rest.base.problems import Failed, Fault, escaped
from segmentation.rest.base.strict import Strict
from segmentation.sources.stored import RowError

MOST_ROWS = 1_000
TOLD = 100
"""So many problems are told of one request."""


class PushSerializer(Strict):
    """The body of a push; its rows are cleaned as those of a file are, not here."""

    rows = serializers.ListField(child=serializers.JSONField(), max_length=MOST_ROWS)
    partial = serializers.BooleanField(default=False)  # type: ignore[assignment]
    announce = serializers.BooleanField(default=True)


class RowProblemSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Why a row was refused."""

    pointer = serializers.CharField(help_text="JSON pointer into the request.")
    detail = serializers.CharField()
    code = serializers.CharField()


class PushedSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What became of the rows."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    repeated = serializers.IntegerField(help_text="Rows with the key of a later one, which counted instead.")
    customers_created = serializers.IntegerField(help_text="Customers who are known from now on since an order named them.")
    refused = serializers.IntegerField(help_text="Always 0 unless the push is partial.")
    errors = RowProblemSerializer(many=True, help_text=f"The first {TOLD} problems of a partial push.")  # type: ignore[assignment]


def faults(errors: Sequence[RowError]) -> tuple[Fault, ...]:
    """The first of them, each with its place in the request."""
    return tuple(_faults(errors[:TOLD]))


def _faults(errors: Sequence[RowError]) -> Iterator[Fault]:
    for error in errors:
        steps = ("rows", error.index, *error.steps)
        yield Fault("".join(f"/{escaped(str(step))}" for step in steps), error.message, "row")


def refused(rows: int, errors: Sequence[RowError]) -> Failed:
    """The problem of a push that was to be whole."""
    bad = len({error.index for error in errors})
    said = {"bad": bad, "rows": rows}
    return Failed(400, "invalid", _("Rows that cannot be: %(bad)d of %(rows)d. None was stored.") % said, faults(errors))
