"""The rules of segments, as they are stored."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from functools import lru_cache

from segmentation.errors import RuleError
from segmentation.models import Segment
from segmentation.rules import Rule, load


@lru_cache(maxsize=4096)
def _read(definition: str) -> Rule:
    """Trees are frozen, so one that was read once serves every later evaluation in this process."""
    return load(json.loads(definition))


def rules_of(segments: Iterable[Segment]) -> tuple[dict[Hashable, Rule], dict[Hashable, RuleError]]:
    """By segment id: the rules that can be read, and what is wrong with the others."""
    rules: dict[Hashable, Rule] = {}
    unreadable: dict[Hashable, RuleError] = {}
    for segment in segments:
        try:
            rules[segment.pk] = _read(json.dumps(segment.definition))
        except RuleError as error:
            unreadable[segment.pk] = error
    return rules, unreadable
