"""Somebody says yes or no: what is written down, and what their browser keeps. Holds from the next request on."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import router, transaction

from personalization.conf import conf
from personalization.visitor import choice, purposes, visits
from personalization.visitor.cookies import CONSENT, SEGMENTS, VISIT, VISITOR
from personalization.visitor.notice import notice_for
from personalization.visitor.person import current_profile
from segmentation.models import Profile
from segmentation.profiles.consents import say, states
from segmentation.profiles.customers import profile_for_customer
from segmentation.profiles.visitors import new_visitor_id, welcome

if TYPE_CHECKING:
    from personalization.visitor.who import Visitor

logger = logging.getLogger(__name__)


def answer(visitor: Visitor, words: Mapping[str, bool], *, method: str, source: str) -> None:
    """They said yes or no to each of these purposes. `method` is how ("banner", "page"), `source` on which page.

    A yes that cannot be written down raises what the database raises, and nothing is changed. A no holds in this browser even
    then. Of somebody of whom we keep nothing, and who refuses, only the refusal is kept, in a cookie.
    """
    speaker = None
    try:
        with transaction.atomic(using=router.db_for_write(Profile)):
            speaker = _write(visitor, words, method, source)
    except Exception:
        if any(words.values()):
            raise
        logger.exception("a refusal could not be written down; it holds in the browser")
    _keep(visitor, words, speaker.visitor_id if speaker is not None else "")


def words(visitor: Visitor) -> dict[str, bool | None]:
    """Purpose -> their word on each that the shop asks of them, None where nothing was said; no query for profiling alone."""
    asked = purposes.asked(visitor.is_member)
    others = [purpose for purpose in asked if purpose != choice.PROFILING]
    profile = current_profile(visitor.key) if others and visitor.key else None
    said = states(profile) if profile is not None else {}
    stored = {purpose: visitor.words.get(purpose) if said.get(purpose) is None else said[purpose] for purpose in others}
    return {purpose: visitor.consent if purpose == choice.PROFILING else stored[purpose] for purpose in asked}


def may_ask(visitor: Visitor) -> bool:
    """Whether the banner has a question for them."""
    visitor.make_personal()
    return purposes.may_ask(visitor.words, choice.notice_of(visitor.jar.get(CONSENT)), visitor.word)


def forget_signature(visitor: Visitor) -> None:
    """The next page asks the database."""
    visitor.jar.drop(SEGMENTS)
    if visitor.signs_in_session:
        visitor.request.session.pop(SEGMENTS.name, None)


def _write(visitor: Visitor, words: Mapping[str, bool], method: str, source: str) -> Profile | None:
    profile = _speaker(visitor, words)
    if profile is not None:
        notice = notice_for(tuple(words))
        for purpose, granted in words.items():
            say(profile, purpose, granted, now=visitor.now, method=method, source=source, notice=notice)
    return profile


def _speaker(visitor: Visitor, words: Mapping[str, bool]) -> Profile | None:
    """The profile whose word it is; None of somebody of whom nothing is kept."""
    if visitor.customer:
        return profile_for_customer(visitor.customer, now=visitor.now)
    if visitor.visitor_id:
        return current_profile(visitor.key) or welcome(visitor.visitor_id, now=visitor.now)
    if words.get(choice.PROFILING):
        return welcome(new_visitor_id(), now=visitor.now)
    return None


def _keep(visitor: Visitor, words: Mapping[str, bool], visitor_id: str) -> None:
    if words.get(choice.PROFILING) is False:
        for cookie in (VISITOR, VISIT):
            visitor.jar.drop(cookie)
        visitor.deeds.clear()
    elif visitor_id and not visitor.visitor_id:
        visits.give_id(visitor, visitor_id)
    forget_signature(visitor)
    visitor.jar.put(CONSENT, choice.choice({**visitor.words, **words}, conf.notice_version))
    visitor.forget()
