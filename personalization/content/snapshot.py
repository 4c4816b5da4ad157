"""Slots and variants as they are shown: frozen, read from the database once and shared by all threads of a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from personalization.content.targets import EVERYONE, Question, Target, questions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said in one language."""

    heading: str = ""
    text: str = ""
    link: str = ""
    link_text: str = ""
    image_alt: str = ""
    liquid: str = ""

    def __bool__(self) -> bool:
        return any((self.heading, self.text, self.link_text, self.liquid))


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a variant shows: an image and products are the same in every language, words are not.

    Behind the products stand at most `limit` that the strategy with this slug recommends; "" is none.
    """

    is_liquid: bool = False
    image: str = ""
    products: tuple[str, ...] = ()
    strategy: str = ""
    limit: int = 4
    words: Mapping[str, Words] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.image or self.products or self.strategy or any(self.words.values()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VariantSnapshot:
    """A live variant. Each reading makes others, so what is remembered of one (its parsed templates) is of this one only."""

    id: int
    slug: str
    name: str
    priority: int = 0
    is_default: bool = False
    target: Target = EVERYONE
    content: Content = field(default_factory=Content)
    questions: tuple[Question, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", questions_of(self.target))


@dataclass(frozen=True, slots=True, kw_only=True)
class PopupManners:
    """When a pop-up opens: after so many seconds or percent scrolled, so many times within so many days."""

    delay: int = 10
    scroll: int = 25
    times: int = 1
    days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SlotSnapshot:
    """An active slot with its live variants, the one that is asked first in front; the default is not among them."""

    id: int
    slug: str
    name: str
    kind: str
    mode: str
    size: str = "none"
    manners: PopupManners = field(default_factory=PopupManners)
    variants: tuple[VariantSnapshot, ...] = ()
    default: VariantSnapshot | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """All active slots of the shop by slug."""

    slots: Mapping[str, SlotSnapshot] = field(default_factory=dict)
