"""The signature that spares the next page its queries."""

from __future__ import annotations

import logging
from functools import cache

from personalization.conf import conf
from personalization.visitor.cookies import SEGMENTS
from personalization.visitor.signature import sign
from personalization.visitor.who import Visitor

logger = logging.getLogger(__name__)


def remember(visitor: Visitor) -> None:
    """Keep what the database said in this request, if anybody asked and there is a profile. Asks nothing itself."""
    known = visitor.__dict__.get("known")
    if known is None or not known.mark or known is visitor.__dict__.get("signed") or not _is_same_session(visitor):
        return
    text = sign(known, visitor.binding)
    if text is None:
        _tell_too_many(len(known.slugs))
    elif visitor.signs_in_session:
        visitor.request.session[SEGMENTS.name] = text
    else:
        visitor.jar.put_sealed(SEGMENTS, text)


def _is_same_session(visitor: Visitor) -> bool:
    """Whether the next request will come with the session that this one came with: a log-in or log-out makes another."""
    if visitor.token is not None:
        return True
    session = getattr(visitor.request, "session", None)
    return session is None or (session.session_key or "") == visitor.request.COOKIES.get(conf.session_cookie, "")


@cache
def _tell_too_many(segments: int) -> None:
    """Once a process: it is no fault of this page."""
    logger.warning(
        "somebody is in %d segments, too many for a cookie: their pages ask the database each time. "
        'PERSONALIZATION["SIGNATURE"] = "session" has room for them.',
        segments,
    )
