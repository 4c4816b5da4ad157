"""A visitor on another origin: what their browser would keep in cookies, in one signed text that their front end keeps.

It stands in the header `Regulars-Visitor` of requests and answers. It may carry a customer too, for a while, where the shop's own
backend says who that is; then whoever holds it is that customer for what we show, and for nothing else of the shop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core import signing

from personalization.conf import conf
from personalization.errors import BadToken
from personalization.visitor import choice
from personalization.visitor.cookies import CONSENT, DAY, SEGMENTS, VISIT, VISITOR, Jar
from personalization.visitor.identity import is_now

HEADER = "Regulars-Visitor"
NEW = "new"
"""What somebody says in the header who has no token yet."""

SECONDS = 390 * DAY
"""So long a token holds that nobody showed meanwhile; each answer that carries one begins anew."""

MOST_SECONDS = DAY
"""So long at most it carries a customer."""

MOST_CHARACTERS = 7_500
"""Servers refuse headers beyond 8 kB."""

SALT = "personalization.visitor-token"


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says: the texts of cookies by name, and a customer until `ends_at` (seconds since 1970), if any.

    `problem` is why it counts for nothing: "invalid" or "expired"; then it says nothing.
    """

    cookies: Mapping[str, str] = field(default_factory=dict)
    customer: str = ""
    ends_at: int = 0
    is_new: bool = False
    problem: str = ""

    def sealed(self, cookies: Mapping[str, str]) -> str:
        """The token that stands for it from now on, with these cookies."""
        return _seal(cookies, self.customer, self.ends_at)


def read(text: str, now: datetime) -> Token:
    """Of what a request says in the header. Never raises."""
    if text == NEW:
        return Token(is_new=True)
    try:
        return _opened(text, now)
    except BadToken as error:
        return Token(problem=error.problem)


def issue(*, customer: Any, seconds: int, visitor: str = "", now: datetime | None = None) -> str:
    """A token that carries a customer (an account, or its id) for so many seconds: for the shop's own backend, never for a view
    that takes the id from whoever asks.

    `visitor` is the token that the front end had until now: what it knows goes over, and what they did before is the customer's,
    as after a log-in. Raises BadToken where it counts for nothing, ValueError for less than a second or more than a day.
    """
    if not 1 <= seconds <= MOST_SECONDS:
        raise ValueError(f"a token carries a customer for 1 to {MOST_SECONDS} seconds, not {seconds}")
    at = now or datetime.now(UTC)
    before = _opened(visitor, at) if visitor and visitor != NEW else Token()
    name = str(getattr(customer, "pk", customer))
    return _seal(_taken_over(before, name, at), name, int(at.timestamp()) + seconds)


def _taken_over(before: Token, customer: str, now: datetime) -> dict[str, str]:
    """The cookies of a token that a customer's follows."""
    jar = Jar(before.cookies)
    jar.drop(SEGMENTS)
    known = jar.get(VISITOR)
    is_another = before.customer not in ("", customer)
    if is_another or (known and not is_now(known["id"], customer, now=now)):
        for cookie in (VISITOR, VISIT):
            jar.drop(cookie)
    if is_another and choice.words_of(jar.get(CONSENT)).get(choice.PROFILING):
        jar.drop(CONSENT)  # a no stays, as after a log-out
    return jar.texts


def _seal(cookies: Mapping[str, str], customer: str, ends_at: int) -> str:
    said = {"s": conf.shop, "c": dict(cookies), "u": customer, "e": ends_at}
    return signing.dumps(said, salt=SALT, compress=True)


def _opened(text: str, now: datetime) -> Token:
    if len(text) > MOST_CHARACTERS or not text.isascii():
        raise BadToken("invalid")
    try:
        said = signing.loads(text, salt=SALT, max_age=SECONDS)
        token = Token(said["c"], said["u"], said["e"])
        shop = said["s"]
    except signing.SignatureExpired:
        raise BadToken("expired") from None
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        raise BadToken("invalid") from None
    if shop != conf.shop:
        raise BadToken("invalid")
    if token.customer and token.ends_at <= now.timestamp():
        raise BadToken("expired")
    return token
