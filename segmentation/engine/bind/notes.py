"""What is wrong with a rule, gathered while it is bound."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from segmentation.errors import Problem

CLOSE = 0.75
"""How alike two names must be (difflib's ratio) for one to be taken as a slip of the other."""


class Notes:
    """The problems of one rule. What is wrong is noted here and bound as None."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: str, template: str, **params: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(path, template, params))

    def unknown(self, path: str, template: str, name: str, known: Iterable[str], called: str = "", **params: object) -> None:
        """Note a name that nobody knows, and the one that was perhaps meant. The template has `%(name)s` and the params.

        `called` is shown behind both names (".count()").
        """
        # Only the last words are compared: all facts of a person begin alike.
        last_words = {one.rpartition(".")[2]: one for one in known}
        close = get_close_matches(name.rpartition(".")[2], last_words, n=1, cutoff=CLOSE)
        if not close:
            return self.wrong(path, template, name=f"{name}{called}", **params)
        meant = f"{last_words[close[0]]}{called}"
        return self.wrong(path, f"{template}; did you mean %(meant)s?", name=f"{name}{called}", meant=meant, **params)
