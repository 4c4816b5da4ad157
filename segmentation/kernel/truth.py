"""Three-valued truth of many customers, packed eight to a byte (Kleene's strong logic)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` and `known`, packed bits, customer 0 first. What is true is known; the padding of the last byte is unknown."""

    true: Bits
    known: Bits
    size: int

    @classmethod
    def pack(cls, true: NDArray[np.bool_], known: NDArray[np.bool_]) -> Truth:
        """From two boolean arrays of the same length; what is not known is never true."""
        return cls(np.packbits(true & known), np.packbits(known), len(true))

    def members(self) -> NDArray[np.bool_]:
        """For whom it is true."""
        return np.unpackbits(self.true, count=self.size).view(np.bool_)

    def unknown(self) -> NDArray[np.bool_]:
        """For whom it is unknown."""
        return ~np.unpackbits(self.known, count=self.size).view(np.bool_)

    def of(self, customer: int) -> bool | None:
        """The truth for one customer; None is unknown."""
        if not 0 <= customer < self.size:
            raise IndexError(customer)
        byte, bit = divmod(customer, 8)
        mask = 128 >> bit
        return bool(self.true[byte] & mask) if self.known[byte] & mask else None

    def __bool__(self) -> bool:
        raise TypeError("a three-valued truth is no bool: ask members()")

    def __invert__(self) -> Truth:
        return Truth(self.known & ~self.true, self.known, self.size)

    def assumed(self, if_unknown: str) -> Truth:
        """With the unknown taken as "no" or "yes", or left as it is."""
        if if_unknown == "unknown":
            return self
        everyone = np.packbits(np.ones(self.size, np.bool_))
        return Truth(self.true if if_unknown == "no" else self.true | (everyone & ~self.known), everyone, self.size)


def conjunction(parts: Sequence[Truth]) -> Truth:
    """True where all are; false where any is false."""
    result = parts[0]
    for part in parts[1:]:
        is_false = (result.known & ~result.true) | (part.known & ~part.true)
        result = Truth(result.true & part.true, (result.known & part.known) | is_false, result.size)
    return result


def disjunction(parts: Sequence[Truth]) -> Truth:
    """True where any is; false where all are false."""
    result = parts[0]
    for part in parts[1:]:
        true = result.true | part.true
        result = Truth(true, (result.known & part.known) | true, result.size)
    return result


def at_least(parts: Sequence[Truth], n: int) -> Truth:
    """True where n are true; false where true and unknown together are fewer."""
    trues = sum(part.members().astype(np.int64) for part in parts)
    unknowns = sum(part.unknown().astype(np.int64) for part in parts)
    true = trues >= n
    return Truth.pack(np.asarray(true), np.asarray(true | (trues + unknowns < n)))


def combine(combinator: str, parts: Sequence[Truth], n: int | None = None) -> Truth:
    """The truth of a group. Raises ValueError for one without parts, which never means everyone or no one."""
    if not parts:
        raise ValueError("an empty group has no meaning")
    return _COMBINE[combinator](parts, n or 0)


_COMBINE: dict[str, Callable[[Sequence[Truth], int], Truth]] = {
    "and": lambda parts, _: conjunction(parts),
    "or": lambda parts, _: disjunction(parts),
    "at_least": at_least,
}
