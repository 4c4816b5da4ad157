"""A visitor turns out to be somebody: logged in, signed up, or ordered with an e-mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import router, transaction

from personalization.visitor import choice
from personalization.visitor.consent import forget_signature
from personalization.visitor.cookies import CONSENT, VISIT, VISITOR
from personalization.visitor.person import current_profile
from segmentation.models import MergeCause, Profile
from segmentation.profiles import guest_key
from segmentation.profiles.customers import profile_for_customer
from segmentation.profiles.merging import merge
from segmentation.profiles.sync import sync_few
from segmentation.profiles.visitors import visitor_key

if TYPE_CHECKING:
    from personalization.visitor.who import Visitor

JUST_NOW = timedelta(minutes=5)
"""An account that is younger than this was signed up for, not logged in to."""


def logged_in(visitor: Visitor, user: Any) -> None:
    """What they did so far is the account's, once; a browser whose id belongs to somebody else gets a new one instead."""
    visitor.forget()
    forget_signature(visitor)
    if visitor.visitor_id and not is_now(visitor.visitor_id, str(user.pk), now=visitor.now, cause=_cause(user, visitor.now)):
        _begin_anew(visitor)


def is_now(visitor_id: str, customer: str, *, now: datetime, cause: str = MergeCause.LOGIN) -> bool:
    """What the visitor of that id did is that customer's from now on. False where the id is another customer's or guest's."""
    with transaction.atomic(using=router.db_for_write(Profile)):
        account = profile_for_customer(customer, now=now)
        found = current_profile(visitor_key(visitor_id))
        if found is None or account is None:
            return True
        if found.kind == Profile.Kind.VISITOR:
            merge(found, account, now=now, cause=cause)
            return True
        return found.pk == account.pk


def logged_out(visitor: Visitor) -> None:
    """Whoever uses this browser next is somebody else: a new id, and a yes is asked for again. A no stays."""
    _begin_anew(visitor)
    forget_signature(visitor)
    if visitor.words.get(choice.PROFILING):
        visitor.jar.drop(CONSENT)
    visitor.forget()


def ordered(visitor: Visitor, email: str) -> None:
    """They ordered as a guest with that e-mail, and the order is saved: what they did so far is that guest's.

    An e-mail that anybody may type is no log-in: an account is never found by it.
    """
    if visitor.customer or not visitor.visitor_id:
        return
    with transaction.atomic(using=router.db_for_write(Profile)):
        sync_few([], [email], now=visitor.now)
        guest, found = current_profile(guest_key(email)), current_profile(visitor.key)
        if guest is None or found is None or Profile.Kind.USER in (guest.kind, found.kind):
            return
        if found.kind == Profile.Kind.VISITOR and merge(found, guest, now=visitor.now, cause=MergeCause.CHECKOUT):
            forget_signature(visitor)
            visitor.forget()


def _begin_anew(visitor: Visitor) -> None:
    for cookie in (VISITOR, VISIT):
        visitor.jar.drop(cookie)
    visitor.deeds.clear()
    visitor.forget()


def _cause(user: Any, now: datetime) -> str:
    joined = getattr(user, "date_joined", None)
    is_new = isinstance(joined, datetime) and now - joined < JUST_NOW
    return MergeCause.SIGN_UP if is_new else MergeCause.LOGIN
