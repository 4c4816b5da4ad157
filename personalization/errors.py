"""What can go wrong in personalization. None of it reaches a visitor."""

from __future__ import annotations

from collections.abc import Iterable

from segmentation.errors import RegularsError


class PersonalizationError(RegularsError):
    """The root of ours."""


class TemplateError(PersonalizationError):
    """A content that cannot be read or rendered; `line` counts from 1, and is 0 where no line is to blame."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class MissingExtra(PersonalizationError):
    """A library that an extra of ours brings is not installed."""


class CacheLeak(PersonalizationError):
    """A slot stands on a page that a shared cache would keep, in a mode that does not allow it."""


class UnknownStrategy(PersonalizationError, LookupError):
    """A strategy that there is none of."""

    def __init__(self, slug: str, known: Iterable[str]) -> None:
        super().__init__(f'no strategy is called "{slug}"; there are {", ".join(sorted(known))}')
        self.slug = slug


class NothingToLearn(PersonalizationError):
    """The shop has too little to train a recommender on; the message says what is missing."""


class TrainingBusy(PersonalizationError):
    """Another worker trains a recommender already."""


class UnknownProduct(PersonalizationError, LookupError):
    """A product that the shop does not have."""

    def __init__(self, product: str) -> None:
        super().__init__(f'the shop has no product called "{product}"')
        self.product = product


class NotTrained(PersonalizationError):
    """Something asked of a recommender that was never trained, or is not served yet."""


class BadToken(PersonalizationError):
    """A visitor's token that counts for nothing: `problem` is "invalid" (not made here, or for another shop) or "expired"."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the visitor's token is {problem}")
        self.problem = problem
