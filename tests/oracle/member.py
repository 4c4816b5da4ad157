"""The leaf member: segments inside segments."""

from __future__ import annotations

from .groups import Node
from .matching import Case
from .moments import Duration, entered
from .prior import EXCLUDED, INCLUDED, Standing
from .windows import in_window


def after_evaluation(before: Standing, answer: bool | None, case: Case) -> Standing:
    """How the person stands to the other segment now: by its new `answer` (None: it is not asked, so as it is stored),
    the owner's word on top. Who enters or leaves in this very evaluation does so now."""
    is_member = before.member if answer is None else answer
    if before.word is not None:
        is_member = {INCLUDED: True, EXCLUDED: False}[before.word]
    if is_member == before.member:
        return before
    return Standing(since=case.clock.now, left=before.left) if is_member else Standing(left=case.clock.now)


def member(leaf: Node, case: Case, answer: bool | None) -> bool:
    """Whether the person is in the other segment, or is not; never unknown.

    for_at_least   since the entry; with not_in since the last exit, or never in
    entered        the entry lies in the window
    """
    standing = after_evaluation(case.prior.standing(leaf["segment"], case.person_key), answer, case)
    if standing.member is not IS_IN[leaf["operator"]]:
        return False
    changed = standing.since if standing.member else standing.left
    length, window = leaf.get("for_at_least"), leaf.get("entered")
    if length is not None and changed is not None and not Duration.of(length).is_over(entered(changed), case.clock):
        return False
    return window is None or in_window(changed and entered(changed), window, case.clock)


IS_IN = {"in": True, "not_in": False}
