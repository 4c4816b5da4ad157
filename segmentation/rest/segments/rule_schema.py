"""Stored rules in the OpenAPI document: groups in groups, which no serializer can say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from segmentation.rest.base.schema import name_enums
from segmentation.rules.limits import MAX_NTH, MAX_PERIODS, MAX_STEPS, MIN_STEPS
from segmentation.rules.tree import SEMANTICS, VERSION
from segmentation.rules.values import (
    CALENDAR_UNITS,
    IF_UNKNOWN,
    LONGEST_DURATION,
    MEASURES,
    OPERATORS,
    PATTERNS,
    PERIODS,
    QUANTIFIERS,
    RANKS,
    UNITS,
)

Schema = dict[str, Any]

BUILDERS: Mapping[str, Schema] = {name: {"description": "A builder's own: dropped."} for name in ("id", "path")}
"""Keys that builders of rules leave behind."""


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(needed: Sequence[str], properties: Mapping[str, Schema], **more: Any) -> Schema:
    return {"type": "object", "required": list(needed), "properties": dict(properties), "additionalProperties": False, **more}


def _word(words: Iterable[str], description: str = "") -> Schema:
    return {"type": "string", "enum": list(words), **({"description": description} if description else {})}


def _whole(least: int, most: int, description: str) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "description": description}


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


_NUMBER_TEXT = {"type": ["string", "integer"], "description": "A number in decimal text; whole ones may be JSON numbers."}
_UNITS_N = {
    "type": ["integer", "string"],
    "minimum": 0,
    "maximum": LONGEST_DURATION,
    "pattern": "^[0-9]+$",
    "description": "So many units.",
}
_MOMENT = _text("A date or time in ISO 8601; in the shop's zone where it has no offset.")
_PAIR = {"type": "array", "minItems": 2, "maxItems": 2, "items": _MOMENT}
_FIELD = _text("Name of a fact of the person, or of a relation: see `facts/`.")
_COLUMN = _text("Name of a column of the rows, such as `total` or `product.category`.")
_OPERATOR = _word(OPERATORS, "What fits the kind of the fact: see `facts/`.")
_WHERE = {**_ref("RowGroup"), "description": "Which rows."}


def _group(name: str, nodes: Sequence[str], description: str) -> Schema:
    return _object(
        ["combinator", "rules"],
        {
            "combinator": _word(("and", "or", "at_least")),
            "n": _whole(1, 200, "How many of them, where the combinator is `at_least`."),
            "not": {"type": "boolean", "default": False},
            "rules": {"type": "array", "minItems": 1, "items": {"anyOf": [_ref(node) for node in (*nodes, name)]}},
            **BUILDERS,
        },
        description=description,
    )


def _leaf(kind: str, needed: Sequence[str], properties: Mapping[str, Schema], description: str) -> Schema:
    asked = {"type": "string", "const": kind}
    unknown = {**_word(IF_UNKNOWN, "What it counts as where it is unknown."), "default": IF_UNKNOWN[0]}
    return _object(["kind", *needed], {"kind": asked, **properties, "if_unknown": unknown, **BUILDERS}, description=description)


_ROWS: Mapping[str, Schema] = {"field": _FIELD, "where": _WHERE, "window": _ref("RuleWindow")}
_MEASURED: Mapping[str, Schema] = {**_ROWS, "measure": _word(MEASURES), "of": _COLUMN}

LEAVES: Mapping[str, Schema] = {
    "attribute": _leaf(
        "attribute",
        ["field", "operator"],
        {"field": _FIELD, "operator": _OPERATOR, "value": _ref("RuleValue")},
        "A fact of the person.",
    ),
    "behaviour": _leaf(
        "behaviour",
        ["field", "measure", "operator"],
        {**_MEASURED, "operator": _OPERATOR, "value": _ref("RuleValue")},
        "A measure over rows.",
    ),
    "nth": _leaf(
        "nth",
        ["field", "which", "test"],
        {
            **_ROWS,
            "which": {"anyOf": [_word(("first", "last")), _whole(1, MAX_NTH, "Its number.")]},
            "test": {**_ref("RowGroup"), "description": "What the row must be."},
        },
        "The first, last or n-th row.",
    ),
    "rank": _leaf(
        "rank",
        ["field", "operator", "value"],
        {
            **_MEASURED,
            "operator": _word(RANKS),
            "value": _NUMBER_TEXT,
            "leave_at": _NUMBER_TEXT,
            "min_stay": _ref("RuleDuration"),
        },
        "A place in the base.",
    ),
    "member": _leaf(
        "member",
        ["segment", "operator"],
        {
            "segment": _text("Slug of another segment."),
            "operator": _word(("in", "not_in")),
            "for_at_least": _ref("RuleDuration"),
            "entered": _ref("RuleWindow"),
        },
        "Being in another segment or not.",
    ),
    "bucket": _leaf(
        "bucket",
        ["salt", "from", "to"],
        {
            "salt": _text("What makes one share another than the next."),
            "from": _whole(0, 99, "First per cent."),
            "to": _whole(0, 99, "Last per cent."),
        },
        "A stable share of the base.",
    ),
    "sequence": _leaf(
        "sequence",
        ["steps"],
        {
            "steps": {"type": "array", "minItems": MIN_STEPS, "maxItems": MAX_STEPS, "items": _ref("RuleStep")},
            "within": _ref("RuleDuration"),
            "window": _ref("RuleWindow"),
            "not_then": _ref("RuleStep"),
        },
        "Rows one after the other.",
    ),
    "pattern": _leaf(
        "pattern",
        ["field", "pattern", "period"],
        {
            "field": _FIELD,
            "where": _WHERE,
            "pattern": _word(PATTERNS),
            "period": _object(["n", "unit"], {"n": _UNITS_N, "unit": _word(CALENDAR_UNITS)}),
            "periods": _whole(1, MAX_PERIODS, "So many periods."),
        },
        "How rows are spread over periods.",
    ),
}


def _window(description: str, needed: Sequence[str], **properties: Schema) -> Schema:
    return _object(needed, properties, description=description)


_WINDOW = {
    "description": "Which rows count by their time; any time without one.",
    "anyOf": [
        _window("Up to now.", ["last", "unit"], last=_UNITS_N, unit=_word(UNITS)),
        _window("Before that.", ["not_last", "unit"], not_last=_UNITS_N, unit=_word(UNITS)),
        _window(
            "Both days, or two times.", ["between"], between={"type": "array", "minItems": 2, "maxItems": 2, "items": _MOMENT}
        ),
        _window("Up to now.", ["since"], since=_MOMENT),
        _window("Before it.", ["before"], before=_MOMENT),
        _window("The period of today.", ["this"], this=_word(PERIODS)),
        _window("The one before.", ["previous"], previous=_word(PERIODS)),
        _window("After the latest of these rows.", ["since_last"], since_last=_FIELD, where=_ref("RowGroup")),
    ],
}

_VALUE = {
    "description": "What fits the operator: a text, several, yes or no, a duration, a size or a place. Numbers are texts.",
    "anyOf": [
        {"type": ["string", "integer", "boolean"]},
        {"type": "array", "minItems": 1, "items": {"type": ["string", "integer"]}},
        _ref("RuleDuration"),
        _object(
            ["operator", "value"],
            {"operator": _OPERATOR, "value": {"anyOf": [_NUMBER_TEXT, {"type": "array", "items": _NUMBER_TEXT}]}},
            description=("Of the size of a set."),
        ),
        _object(["lat", "lon", "km"], dict.fromkeys(("lat", "lon", "km"), _NUMBER_TEXT), description="Around a place."),
    ],
}


def _leaf_name(kind: str) -> str:
    return f"{kind.capitalize()}Leaf"


_HEAD: Mapping[str, Schema] = {
    "version": {"type": "integer", "const": VERSION},
    "semantics": {"type": "integer", "const": SEMANTICS},
    "base_currency": {"type": "string", "pattern": "^[A-Za-z]{3}$", "description": "The shop's, if it is given."},
}

_ROOT = _group("RuleGroup", ("RuleLeaf",), "A whole rule: the outermost group, and what it was written for.")

COMPONENTS: Mapping[str, Schema] = {
    "Rule": {
        **_ROOT,
        "required": ["version", "semantics", *_ROOT["required"]],
        "properties": {**_HEAD, **_ROOT["properties"]},
    },
    "RuleGroup": _group("RuleGroup", ("RuleLeaf",), "Conditions and groups of them. At most eight deep."),
    "RuleLeaf": {
        "description": "One condition.",
        "oneOf": [_ref(_leaf_name(kind)) for kind in LEAVES],
        "discriminator": {"propertyName": "kind", "mapping": {kind: _ref(_leaf_name(kind))["$ref"] for kind in LEAVES}},
    },
    **{_leaf_name(kind): leaf for kind, leaf in LEAVES.items()},
    "RuleStep": _object(["field"], {"field": _FIELD, "where": _WHERE}, description="Rows of a relation."),
    "RuleDuration": _object(["n", "unit"], {"n": _UNITS_N, "unit": _word(UNITS)}, description="A length of time."),
    "RuleWindow": _WINDOW,
    "RuleValue": _VALUE,
    "RowGroup": _group("RowGroup", ("RowTest", "RowsBelow"), "Tests on one and the same row."),
    "RowTest": _object(
        ["field", "operator"],
        {"field": _COLUMN, "operator": _OPERATOR, "value": _ref("RuleValue"), **BUILDERS},
        description=("A test on a column."),
    ),
    "RowsBelow": _object(
        ["path", "quantifier", "where"],
        {"path": _text("Such as `lines`."), "quantifier": _word(QUANTIFIERS), "where": _WHERE, "id": BUILDERS["id"]},
        description=("A test on the rows below, as the lines of an order."),
    ),
}
"""Name -> schema."""


def _same(words: Iterable[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


name_enums(
    RuleCombinator=_same(("and", "or", "at_least")),
    RuleOperator=_same(OPERATORS),
    RuleMeasure=_same(MEASURES),
    RuleRank=_same(RANKS),
    RuleMembership=_same(("in", "not_in")),
    RulePattern=_same(PATTERNS),
    RuleQuantifier=_same(QUANTIFIERS),
    RuleUnit=_same(UNITS),
    RuleCalendarUnit=_same(CALENDAR_UNITS),
    RulePeriod=_same(PERIODS),
    RuleIfUnknown=_same(IF_UNKNOWN),
)
