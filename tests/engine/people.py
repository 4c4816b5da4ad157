"""The people of the shop as the engine counts them."""

from __future__ import annotations

import numpy as np

from segmentation.kernel.columns import MISSING
from segmentation.kernel.moments import seconds
from segmentation.models import Profile
from segmentation.store import People
from shopdemo.shop.models import User
from tests.cast import key_of
from tests.kernel.hand import iso


def everyone() -> People:
    """All who are counted."""
    return People.everyone("default")


def only(*named: User | str) -> People:
    """These alone."""
    found = Profile.objects.filter(key__in=map(key_of, named))
    return People.these(found)


def those(people: People, mask: np.ndarray) -> set[str]:
    """The keys of those whom a mask takes in."""
    return {people.keys[place] for place in np.flatnonzero(mask)}


def moments(people: People, times: np.ndarray) -> dict[str, str]:
    """Key -> UTC time, of those who have one."""
    return {people.keys[place]: iso(int(times[place])) for place in np.flatnonzero(times != MISSING)}


def utc(moment: object) -> str:
    """A moment as `moments` writes it."""
    return iso(seconds(moment))  # type: ignore[arg-type]
