"""Stored JSON to tree, versioned. Reading collects every problem with its pointer before it refuses.

Canonical JSON (what `dump` writes) omits nulls and defaults, so JSON -> tree -> JSON is an identity on it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from segmentation.errors import Problem, RuleError
from segmentation.rules.dumping import dump, dumps
from segmentation.rules.limits import MAX_BYTES, MAX_DEPTH, MAX_LEAVES
from segmentation.rules.read_groups import Place, read_group
from segmentation.rules.read_leaves import read_node
from segmentation.rules.reader import Reader
from segmentation.rules.tree import SEMANTICS, VERSION, Rule

__all__ = ["check_limits", "dump", "dumps", "load", "loads"]

_HEAD = ("version", "semantics", "base_currency")


def load(data: object) -> Rule:
    """The tree of a stored definition. Raises RuleError with all problems found."""
    reader = Reader()
    rule = _rule(reader, data)
    if reader.problems or rule is None:
        raise RuleError(reader.problems)
    if len(dumps(rule).encode()) > MAX_BYTES:
        raise RuleError([_too_large()])
    return rule


def loads(text: str) -> Rule:
    """The tree of a definition in JSON text. Raises RuleError with all problems found."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise RuleError([_too_large()])
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise RuleError([Problem("", "this is not JSON: %(reason)s", {"reason": error.msg}, error.lineno, error.colno)]) from None
    except ValueError:
        raise RuleError([Problem("", "this is not JSON: a number in it is too long")]) from None
    except RecursionError:
        raise RuleError([Problem("", "the rule is nested too deeply")]) from None
    return load(data)


def check_limits(rule: Rule) -> None:
    """Refuse a tree that was made by hand and could not be stored (RuleError)."""
    load(dump(rule))


def _too_large() -> Problem:
    return Problem("", "the rule is larger than %(limit)d bytes", {"limit": MAX_BYTES})


def _rule(reader: Reader, data: object) -> Rule | None:
    if not isinstance(data, Mapping):
        return reader.wrong("", "a rule must be an object")
    for key, expected in (("version", VERSION), ("semantics", SEMANTICS)):
        if type(data.get(key)) is not int or data[key] != expected:
            reader.wrong(f"/{key}", "unknown %(key)s: this release knows %(expected)d", key=key, expected=expected)
    currency = data.get("base_currency")
    if currency is not None and not (
        isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isalpha()
    ):
        reader.wrong("/base_currency", "base_currency must be a three-letter code")
    root = read_group(reader, data, Place(""), member=read_node, limit=MAX_DEPTH, head=_HEAD)
    if reader.leaves > MAX_LEAVES:
        template = "the rule has %(count)d conditions; at most %(limit)d are allowed"
        reader.wrong("", template, count=reader.leaves, limit=MAX_LEAVES)
    return None if root is None or reader.problems else Rule(root, currency)
