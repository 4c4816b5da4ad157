"""Why each variant of a slot is shown to somebody or not, question by question: for previews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from personalization.content.choose import choose
from personalization.content.languages import words_for
from personalization.content.phrases import ASKED, LABELS, SAID, Names
from personalization.content.snapshot import SlotSnapshot, VariantSnapshot

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience


@dataclass(frozen=True, slots=True)
class Answer:
    """One question: what is asked, what the audience says, and whether that will do."""

    label: str
    asked: str
    said: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a variant."""

    variant: VariantSnapshot
    is_chosen: bool
    answers: tuple[Answer, ...]

    @property
    def fits(self) -> bool:
        """Whether it would be shown, were there no other."""
        return all(answer.holds for answer in self.answers)


def verdicts(slot: SlotSnapshot, audience: Audience, now: datetime, names: Names) -> list[Verdict]:
    """All variants in the order in which they are asked, the default last. Unlike `choose`, asks every question."""
    chosen = choose(slot, audience, now)
    variants = [*slot.variants, *([slot.default] if slot.default is not None else [])]
    return [Verdict(each, each is chosen, _answers(each, audience, now, names)) for each in variants]


def _answers(variant: VariantSnapshot, audience: Audience, now: datetime, names: Names) -> tuple[Answer, ...]:
    target = variant.target
    answers = [
        Answer(
            str(LABELS[question.name]),
            ASKED[question.name](target, names),
            SAID[question.name](audience, now, names),
            question.holds(target, audience, now),
        )
        for question in variant.questions
    ]
    if words_for(variant.content, audience.language) is None:
        spoken = ", ".join(variant.content.words)
        answers.append(Answer(str(LABELS["words"]), spoken, SAID["words"](audience, now, names), False))
    return tuple(answers)
