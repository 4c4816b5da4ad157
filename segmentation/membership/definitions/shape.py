"""What a file of definitions holds, checked as far as it can be without the shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter

from django.utils.translation import gettext as _

from segmentation.errors import RuleError, SegmentError
from segmentation.membership.definitions.strict_yaml import Node, cut, read_yaml, shown
from segmentation.models import Segment
from segmentation.rules import Rule, parse
from segmentation.rules.values import SLUG

VERSION = 1
"""Of the file's shape."""

HEADER = ("version", "base_currency", "segments")
KEYS = ("slug", "name", "description", "state", "rule")
"""Every key must be there: a line that was lost must not empty a description."""

PUBLISHED = "is_published"
"""The one key that may be left out: what nobody says is told to storefronts is not."""

STATES = (Segment.State.DRAFT, Segment.State.LIVE, Segment.State.ARCHIVED)
"""What an owner says; a segment breaks by itself, and is written as live."""

MAX_BYTES = 8 * 1024 * 1024
"""Larger than the segments of any shop."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment as the file has it; `line` is where it begins, `rule_line` where its rule does."""

    line: int
    slug: str
    name: str
    description: str
    state: str
    rule: Rule
    rule_line: int
    is_published: bool = False


@dataclass(slots=True)
class Faults:
    """What is wrong with a file: line and message."""

    found: list[tuple[int, str]] = field(default_factory=list)

    def note(self, line: int, message: str, slug: str = "") -> None:
        """Something wrong at a line, perhaps with a segment."""
        said = {"line": line, "slug": slug, "message": message}
        template = _("line %(line)d, %(slug)s: %(message)s") if slug else _("line %(line)d: %(message)s")
        self.found.append((line, template % said))

    def note_rule(self, line: int, slug: str, error: RuleError) -> None:
        """Everything wrong with a segment's rule; `line` is where the rule begins."""
        for problem in error.problems:
            self.note(line, _("rule %(problem)s") % {"problem": problem}, slug)

    def demand_none(self) -> None:
        """Raise SegmentError with all that was found, a line each, from the top of the file."""
        if self.found:
            raise SegmentError("\n".join(message for __, message in sorted(self.found, key=itemgetter(0))))


@dataclass(frozen=True, slots=True)
class File:
    """The segments that could be read, and what is wrong with the file so far.

    `unread` has the state of the others by slug: segments that refer to them are not at fault.
    """

    entries: tuple[Entry, ...]
    unread: Mapping[str, str]
    faults: Faults


def read_file(content: bytes, base_currency: str) -> File:
    """What a file holds, with its faults: a key that is missing or unknown, another version or base currency, a state that
    nobody sets, a slug twice, a rule that cannot be read.

    Raises SegmentError where it is no YAML, or too much of it.
    """
    faults = Faults()
    segments = list(_segments(read_yaml(_text(content)), base_currency, faults))
    read = [(node, _entry(node, faults)) for node in segments]
    entries = [replace(entry, rule=replace(entry.rule, base_currency=base_currency)) for _, entry in read if entry]
    _note_twins(entries, faults)
    unread = {slug: _state(node) for node, entry in read if entry is None and (slug := _slug(node))}
    return File(tuple(entries), unread, faults)


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise SegmentError(_("the file is larger than %(limit)d bytes") % {"limit": MAX_BYTES})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SegmentError(_("the file is not in UTF-8: %(problem)s") % {"problem": error.reason}) from error


def _segments(root: Node, base_currency: str, faults: Faults) -> Iterator[Node]:
    header = _mapping(root, HEADER, faults)
    if header is None:
        return
    version, currency, segments = (header[key] for key in HEADER)
    if version.value != str(VERSION):
        faults.note(version.line, _("this release reads version %(version)d") % {"version": VERSION})
    if currency.value != base_currency:
        said = {"theirs": shown(currency), "ours": base_currency}
        faults.note(currency.line, _("the file counts in %(theirs)s, the shop in %(ours)s") % said)
    if isinstance(segments.value, list):
        yield from segments.value
    else:
        faults.note(segments.line, _("segments must be a list"))


def _mapping(
    node: Node, keys: tuple[str, ...], faults: Faults, slug: str = "", *, optional: tuple[str, ...] = ()
) -> dict[str, Node] | None:
    """The mapping with exactly these keys, and perhaps the optional ones; None where it is another."""
    if not isinstance(node.value, dict):
        faults.note(node.line, _("here must stand a mapping of %(keys)s") % {"keys": ", ".join(keys)})
        return None
    missing = [key for key in keys if key not in node.value]
    if missing:
        faults.note(node.line, _("%(keys)s must be there") % {"keys": ", ".join(missing)}, slug)
    unknown = [key for key in node.value if key not in (*keys, *optional)]
    for key in unknown:
        faults.note(node.value[key].line, _("unknown key %(key)s") % {"key": cut(key)}, slug)
    return None if missing or unknown else node.value


def _entry(node: Node, faults: Faults) -> Entry | None:
    slug = _slug(node)
    pairs = _mapping(node, KEYS, faults, slug, optional=(PUBLISHED,))
    if pairs is None:
        return None
    texts = {key: value for key in KEYS if isinstance(value := pairs[key].value, str)}
    for key in [key for key in KEYS if key not in texts]:
        faults.note(pairs[key].line, _("%(key)s must be a text") % {"key": key}, slug)
    is_sound = len(texts) == len(KEYS)
    if texts.get("state") not in (None, *STATES):
        is_sound = False
        said = {"state": shown(pairs["state"]), "states": ", ".join(STATES)}
        faults.note(pairs["state"].line, _("the state %(state)s is none of %(states)s") % said, slug)
    published = _published(pairs.get(PUBLISHED), slug, faults)
    rule = _rule(texts["rule"], pairs["rule"].line, slug, faults) if "rule" in texts else None
    if rule is None or published is None or not is_sound:
        return None
    name, description, state = texts["name"], texts["description"], texts["state"]
    return Entry(node.line, texts["slug"], name, description, state, rule, pairs["rule"].line, published)


def _published(node: Node | None, slug: str, faults: Faults) -> bool | None:
    """False where it is left out, None where it is neither true nor false."""
    if node is None:
        return False
    said = _YES_NO.get(node.value) if isinstance(node.value, str) else None
    if said is None:
        faults.note(node.line, _("%(key)s must be true or false") % {"key": PUBLISHED}, slug)
    return said


_YES_NO = {"true": True, "false": False}


def _slug(node: Node) -> str:
    """What messages call it: nothing, where it has no slug that could be one."""
    slug = node.value.get("slug") if isinstance(node.value, dict) else None
    return slug.value if slug and isinstance(slug.value, str) and SLUG.fullmatch(slug.value) else ""


def _state(node: Node) -> str:
    """What an entry that cannot be read says that it is; live, where it says nothing sound."""
    state = node.value.get("state") if isinstance(node.value, dict) else None
    return state.value if state and state.value in STATES else Segment.State.LIVE


def _rule(text: str, line: int, slug: str, faults: Faults) -> Rule | None:
    try:
        return parse(text)
    except RuleError as error:
        return faults.note_rule(line, slug, error)


def _note_twins(entries: list[Entry], faults: Faults) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        if entry.slug in first:
            faults.note(entry.line, _("stands at line %(line)d too") % {"line": first[entry.slug]}, entry.slug)
        first.setdefault(entry.slug, entry.line)
