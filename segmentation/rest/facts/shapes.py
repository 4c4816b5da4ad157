"""Facts as they are answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from segmentation.facts import FAMILIES, Catalogue, Fact, Family, relation_label
from segmentation.facts.meaning import meaning
from segmentation.facts.scores import SCORE
from segmentation.rest.base.schema import name_enums
from segmentation.rest.base.strict import Strict
from segmentation.rules.values import MEASURES, OPERATORS, Kind, Shape, operators_of

PERSON = ("customer", SCORE)
"""What facts of the person begin with; all others are columns of rows, which are asked through a measure."""

WINDOWS = ("last", "not_last", "between", "since", "before", "this", "previous", "since_last")
"""Ways to say which rows count by their time."""

CHOOSABLE = (Kind.TEXT, Kind.SET, Kind.BOOLEAN)
"""Kinds whose values can be listed."""


def _same(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(word), str(word)) for word in words]


name_enums(FactFamily=_same(Family), FactKind=_same(Kind), ValueShape=_same(Shape), RuleWindowName=_same(WINDOWS))


class ListedFact(Strict):
    """Something that a rule may ask about."""

    name = serializers.CharField(help_text="As a rule writes it.")
    relation = serializers.CharField(help_text="`customer` and `score` are of the person; all others are rows.")
    label = serializers.CharField()  # type: ignore[assignment]
    help = serializers.CharField()
    family = serializers.ChoiceField(_same(Family))
    kind = serializers.ChoiceField(_same(Kind))
    unit = serializers.CharField(allow_null=True, help_text="Currency of money.")
    operators = serializers.ListField(child=serializers.ChoiceField(_same(OPERATORS)))
    measures = serializers.ListField(
        child=serializers.ChoiceField(_same(MEASURES)),
        help_text="Measures that take the column; none of the person's.",
    )
    current = serializers.BooleanField(help_text="Holds today's value: of the past it is not known.")
    restricted = serializers.BooleanField(help_text="Anybody may ask about it; its values are shown with `view_restricted`.")
    has_choices = serializers.BooleanField(help_text="Whether its values can be listed.")


class ListedOperator(Strict):
    """An operator."""

    name = serializers.CharField(help_text="As a stored rule has it.")
    text = serializers.CharField(help_text="As text has it.")
    value = serializers.ChoiceField(_same(Shape), help_text="The shape of its value.")
    negative = serializers.BooleanField(help_text="Takes in what is otherwise: say what becomes of those without a value.")


class ListedMeasure(Strict):
    """A measure over rows."""

    name = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Kinds of columns that it takes.")
    must_have = serializers.BooleanField(help_text="Whether it must have a column.")
    is_number = serializers.BooleanField(help_text="Whether it gives a plain number, not one of the column's kind.")
    needs_where = serializers.BooleanField()
    needs_time = serializers.BooleanField()


class ListedRelation(Strict):
    """Rows that behaviour is asked of."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    windows = serializers.ListField(child=serializers.ChoiceField(_same(WINDOWS)), help_text="None without a time.")
    below = serializers.DictField(child=serializers.CharField(), help_text="Path -> relation of the rows below each.")
    needs_consent = serializers.BooleanField(help_text="Asked only of those who agreed to profiling.")


class ListedFamily(Strict):
    """A sort of knowledge."""

    name = serializers.ChoiceField(_same(Family))
    label = serializers.CharField()  # type: ignore[assignment]
    help = serializers.CharField()


class FactsListed(Strict):
    """All that a builder of rules needs."""

    base_currency = serializers.CharField()
    results = ListedFact(many=True)
    relations = ListedRelation(many=True)
    families = ListedFamily(many=True)
    operators = ListedOperator(many=True)
    measures = ListedMeasure(many=True)


def plain_fact(catalogue: Catalogue, name: str, fact: Fact) -> dict[str, Any]:
    """A fact by its full name, in the active language."""
    relation, _dot, _column = name.partition(".")
    measures = [] if relation in PERSON else [measure.name for measure in MEASURES.values() if fact.kind in measure.kinds]
    return {
        "name": name,
        "relation": relation,
        "label": meaning(name, fact),
        "help": str(fact.help),
        "family": fact.family,
        "kind": fact.kind,
        "unit": catalogue.base_currency if fact.kind is Kind.MONEY else None,
        "operators": operators_of(fact.kind),
        "measures": measures,
        "current": fact.current,
        "restricted": fact.restricted,
        "has_choices": fact.kind in CHOOSABLE and name not in catalogue.computed,
    }


def plain_facts(catalogue: Catalogue, facts: Iterable[tuple[str, Fact]]) -> dict[str, Any]:
    """These facts, and all that rules are made of beside them."""
    return {
        "base_currency": catalogue.base_currency,
        "results": [plain_fact(catalogue, name, fact) for name, fact in facts],
        "relations": [_relation(catalogue, name) for name in catalogue.relations],
        "families": [{"name": family, "label": str(words.label), "help": str(words.help)} for family, words in FAMILIES.items()],
        "operators": [
            {"name": one.name, "text": one.text, "value": one.shape, "negative": one.negative} for one in OPERATORS.values()
        ],
        "measures": [_measure(name) for name in MEASURES],
    }


def _relation(catalogue: Catalogue, name: str) -> dict[str, Any]:
    relation = catalogue.relations[name]
    return {
        "name": name,
        "label": str(relation_label(name)),
        "windows": WINDOWS if relation.has_time else (),
        "below": dict(relation.below),
        "needs_consent": name in catalogue.by_consent,
    }


def _measure(name: str) -> dict[str, Any]:
    measure = MEASURES[name]
    return {
        "name": name,
        "kinds": sorted(measure.kinds),
        "must_have": measure.must_have,
        "is_number": measure.is_number,
        "needs_where": measure.needs_where,
        "needs_time": measure.needs_time,
    }
