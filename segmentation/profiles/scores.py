"""Scores written: the numbers that a model has of people, in place of those it had before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal, DecimalException
from typing import NamedTuple

from django.db import router, transaction
from django.db.models import Count

from segmentation.conf import conf
from segmentation.errors import ScoreError
from segmentation.models import Profile, Score, ScoreKind
from segmentation.models.batch import batches
from segmentation.models.lock import locked
from segmentation.models.score import DECIMALS, DIGITS
from segmentation.rules.values import is_name

Number = float | Decimal
State = tuple[Decimal, float | None]
"""(value, confidence)."""

MOST_CHARACTERS, MOST_LABEL = 200, 300
"""Of the name and the label of a score; longer labels are cut."""

_STEP = Decimal(1).scaleb(-DECIMALS)
_MOST = Decimal(10) ** (DIGITS - DECIMALS)


class Declared(NamedTuple):
    """A score that there is, and how many people have one; `written_at` is None before the first writing."""

    name: str
    label: str
    about: str
    written_at: datetime | None
    people: int


def declare_score(name: str, *, label: str = "", about: str = "") -> ScoreKind:
    """The score of that name, made if there is none: rules may ask `score.<name>`, which is unknown of everyone yet.

    `label` and `about` are kept as they are where they are not given. Raises ScoreError for a name that rules cannot write.
    """
    if "." in name or not is_name(f"score.{name}") or len(name) > MOST_CHARACTERS:
        raise ScoreError(f'"{name}" cannot name a score: write letters, digits and _, and a small letter first')
    said = {field: text for field, text in (("label", label[:MOST_LABEL]), ("about", about)) if text}
    return ScoreKind.objects.update_or_create(shop=conf.shop, name=name, defaults=said)[0]


def write_scores(
    name: str,
    values: Mapping[str, Number],
    *,
    at: datetime,
    label: str = "",
    about: str = "",
    confidence: Mapping[str, float] | None = None,
) -> int:
    """Give these people (profile keys) their scores of that name, and nobody else any; how many have one.

    Who is not present (unknown, gone, merged into another) gets none. Only differences are written, in short transactions, two
    reads and a write each; rules see them with the next evaluation, all segments with the next refresh. Raises ScoreError, having
    written nothing, for a name that rules cannot write and a value that is no number or too large.
    """
    said = confidence or {}
    wanted = {key: (_rounded(value, key), said.get(key)) for key, value in values.items()}
    kind = declare_score(name, label=label, about=about)
    stored = kind.scores.values_list("profile_id", "value", "confidence").iterator(chunk_size=10_000)
    had: dict[int, State] = {profile: (value, confidence) for profile, value, confidence in stored}
    have: set[int] = set()
    for keys in batches(sorted(wanted)):
        have |= _write(kind, keys, wanted, had, at)
    for profiles in batches(sorted(had.keys() - have)):
        Score.objects.filter(kind=kind, profile__in=profiles).delete()
    # At the end: whoever cuts a ranking off meanwhile does so under the writing before.
    ScoreKind.objects.filter(pk=kind.pk).update(written_at=at)
    return len(have)


def forget_score(name: str) -> bool:
    """Take a score away; segments that ask it turn broken. Whether there was one."""
    kind = ScoreKind.objects.filter(shop=conf.shop, name=name).first()
    if kind is None:
        return False
    for pks in batches(list(kind.scores.values_list("pk", flat=True))):
        Score.objects.filter(pk__in=pks).delete()
    kind.delete()
    return True


def declared(prefix: str) -> list[Declared]:
    """The scores whose names begin so, by name; one query."""
    kinds = ScoreKind.objects.filter(shop=conf.shop, name__startswith=prefix).annotate(people=Count("scores"))
    return [Declared._make(row) for row in kinds.order_by("name").values_list(*Declared._fields)]


def _rounded(value: Number, key: str) -> Decimal:
    try:
        # A float's shortest spelling is what was meant; its binary digits are not.
        exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
        rounded = exact.quantize(_STEP, ROUND_HALF_EVEN)
    except (DecimalException, TypeError, ValueError) as error:
        raise ScoreError(f"{value!r}, the score of {key}, is no number that can be compared") from error
    if not rounded.is_finite() or abs(rounded) >= _MOST:
        raise ScoreError(f"{value!r}, the score of {key}, is no number that can be compared")
    return rounded


def _write(kind: ScoreKind, keys: Sequence[str], wanted: Mapping[str, State], had: Mapping[int, State], at: datetime) -> set[int]:
    """Write what differs of these people's scores; the ids of all who have one."""
    with transaction.atomic(using=router.db_for_write(Score)):
        # Locked, so that nobody who is deleted at this moment is given a score.
        people = locked(Profile.objects.present(kind.shop).filter(key__in=keys)).order_by("pk")
        states = {pk: wanted[key] for pk, key in people.values_list("pk", "key")}
        rows = [
            Score(kind=kind, profile_id=pk, value=value, confidence=confidence, at=at)
            for pk, (value, confidence) in states.items()
            if had.get(pk) != (value, confidence)
        ]
        Score.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["profile", "kind"], update_fields=["value", "confidence", "at"]
        )
    return set(states)
