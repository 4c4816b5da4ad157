"""Rules bound to the catalogue that was made by hand, as the linter looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from segmentation.engine.lint.looked import Looked
from segmentation.errors import Problem
from segmentation.rules import parse
from tests.engine.binding import PARIS, bound
from tests.kernel.hand import at

NOW = at("2026-06-01T12:00")


def looked(text: str, **twins: str) -> Looked:
    """A rule, and those of other segments."""
    return Looked(parse(text), bound(text), PARIS, NOW, {slug: bound(rule) for slug, rule in twins.items()})


def warned(check: Callable[[Looked], Iterator[Problem]], text: str, **twins: str) -> list[tuple[str, str]]:
    """(place, message) of the warnings of one check."""
    return [(problem.path, problem.message) for problem in check(looked(text, **twins))]
