"""A definition as an owner reads and writes it: text; JSON where the stored one cannot be read as a rule."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from segmentation.admin.problems import messages_of
from segmentation.engine.shop import active_shop
from segmentation.errors import RegularsError, RuleError
from segmentation.facts.sentences import sentence
from segmentation.rules import Rule, format_rule, load, loads, parse


@dataclass(frozen=True, slots=True)
class Written:
    """A stored definition as text; `problems` says why it is JSON instead."""

    text: str
    problems: tuple[str, ...] = ()


def written(definition: Any) -> Written:
    """What a stored definition says."""
    try:
        return Written(format_rule(load(definition)))
    except RuleError as error:
        return Written(json.dumps(definition, indent=2, ensure_ascii=False), tuple(messages_of(error)))


def read(text: str) -> Rule:
    """The rule that somebody typed, as text or as JSON. Raises RuleError with line and column or paths."""
    return loads(text) if text.lstrip().startswith("{") else parse(text)


def sentence_of(definition: Any) -> str | None:
    """A stored definition as a sentence; None where it cannot be read or the shop cannot be had."""
    try:
        return sentence(load(definition), active_shop().catalogue)
    except RegularsError:
        return None
