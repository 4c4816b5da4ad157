"""The cookies we keep: signed, read by us alone, and changed in one place.

A cookie that is forged, cut off, too old or signed with another key is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http.response import HttpResponseBase

MINUTE = 60
DAY = 24 * 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Cookie:
    """A name and how many seconds what it says holds, counted from when it was written."""

    name: str
    seconds: int

    @property
    def salt(self) -> str:
        """So that no cookie passes for another."""
        return f"personalization.{self.name}"

    def seal(self, said: Any) -> str:
        """What JSON can hold, signed and stamped with the time."""
        return signing.dumps(said, salt=self.salt, compress=True)

    def open(self, text: str) -> Any:
        """What was sealed; None for anything that was not, or too long ago."""
        try:
            return signing.loads(text, salt=self.salt, max_age=self.seconds)
        except (signing.BadSignature, ValueError):
            return None


# 13 months is the most that a cookie of this kind may live; it is not renewed.
VISITOR = Cookie("rg_visitor", 390 * DAY)
SEGMENTS = Cookie("rg_segments", MINUTE)
CONSENT = Cookie("rg_consent", 180 * DAY)
PLACE = Cookie("rg_place", 390 * DAY)
VISIT = Cookie("rg_visit", 30 * MINUTE)

OURS = (VISITOR, CONSENT, PLACE, VISIT, SEGMENTS)


class Jar:
    """The cookies of one request and what becomes of them with its response. What was put in is read back at once."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        self._sent = sent
        self._opened: dict[str, Any] = {}
        self._changed: dict[Cookie, str | None] = {}

    def get(self, cookie: Cookie) -> Any:
        """What the cookie says, as JSON holds it; None without one that counts."""
        if cookie.name not in self._opened:
            text = self._sent.get(cookie.name)
            self._opened[cookie.name] = cookie.open(text) if text else None
        return self._opened[cookie.name]

    def has(self, cookie: Cookie) -> bool:
        """Whether the browser will hold one of that name, good or not."""
        return self._changed[cookie] is not None if cookie in self._changed else cookie.name in self._sent

    def put(self, cookie: Cookie, said: Any) -> None:
        """Set it with the response."""
        self.put_sealed(cookie, cookie.seal(said))
        self._opened[cookie.name] = said

    def put_sealed(self, cookie: Cookie, text: str) -> None:
        """The same, where somebody else sealed it."""
        self._changed[cookie] = text
        self._opened.pop(cookie.name, None)

    def drop(self, cookie: Cookie) -> None:
        """Have the browser forget it."""
        self._changed.pop(cookie, None)
        self._opened[cookie.name] = None
        if cookie.name in self._sent:
            self._changed[cookie] = None

    @property
    def texts(self) -> dict[str, str]:
        """Name -> text of what the browser will hold of ours, good or not."""
        held = {cookie.name: self._sent[cookie.name] for cookie in OURS if cookie.name in self._sent}
        for cookie, text in self._changed.items():
            held.pop(cookie.name, None)
            if text is not None:
                held[cookie.name] = text
        return held

    @property
    def is_changed(self) -> bool:
        """Whether the response has cookies to carry."""
        return bool(self._changed)

    def apply(self, response: HttpResponseBase, *, secure: bool) -> None:
        """Write what changed onto the response."""
        for cookie, text in self._changed.items():
            if text is None:
                response.delete_cookie(cookie.name, samesite="Lax")
            else:
                response.set_cookie(cookie.name, text, max_age=cookie.seconds, secure=secure, httponly=True, samesite="Lax")
