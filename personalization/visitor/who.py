"""Whoever is looking at a page: every fact worked out when it is first asked for, and none of them raises."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.utils.translation import get_language

from personalization.conf import conf
from personalization.models import ShownList
from personalization.visitor import choice, signature, token
from personalization.visitor.account import account_of, country_of_account
from personalization.visitor.address import client_address, networks
from personalization.visitor.arrival import Arrival, arrival_of
from personalization.visitor.audience import VisitorKind
from personalization.visitor.changed import changed_since
from personalization.visitor.clock import local_time
from personalization.visitor.cookies import CONSENT, PLACE, SEGMENTS, VISIT, VISITOR, Jar
from personalization.visitor.device import Device, device_of
from personalization.visitor.facts import fact
from personalization.visitor.history import last_viewed
from personalization.visitor.holidays import Holiday, holidays_around
from personalization.visitor.identity import ordered
from personalization.visitor.location import Location, believed, locate
from personalization.visitor.person import look_up
from personalization.visitor.place_choice import PlaceChoice
from personalization.visitor.season import Season, season_of
from personalization.visitor.signature import Known
from personalization.visitor.viewed import MOST_VIEWED, latest, remembered
from segmentation.activity import Context, Deed
from segmentation.profiles import user_key
from segmentation.profiles.visitors import visitor_key

logger = logging.getLogger(__name__)

MOST_DEEDS = 50
"""Of one request; more is a mistake of whoever records them."""


class Visitor:
    """An `Audience` made of a request. `now` is when the request came."""

    def __init__(self, request: HttpRequest, now: datetime) -> None:
        self.request = request
        self.now = now
        said = request.headers.get(token.HEADER, "")
        self.token = token.read(said, now) if said else None
        """What stands for the cookies and the session of somebody on another origin; None where these count."""
        self.jar = Jar(request.COOKIES if self.token is None else self.token.cookies)
        self.deeds: list[Deed] = []
        self.shown: list[ShownList] = []
        """Lists that the page shows, as `measure.shown` notes them."""
        self.is_unsure = False
        self.is_personal = False
        self.is_at_front = False
        """Whether a headless front asks: its calls keep a visit going, as pages do."""
        self.has_looked_back = False
        """Whether views of earlier visits were looked up."""

    async def aload(self) -> None:
        """Find out all that asks the database, so that an async view can go on with it."""
        await sync_to_async(self.load)()

    def load(self) -> None:
        """The same, where the database may be asked."""
        if self.is_unsure:
            self.is_unsure = False
            self.forget()  # whatever was made of them is as unsure as they are
        for name in LOADED:
            getattr(self, name)

    def forget(self) -> None:
        """Work everything out anew: somebody logged in or out, or said another word."""
        kept = {name: self.__dict__[name] for name in KEPT}
        self.__dict__.clear()
        self.__dict__.update(kept, has_looked_back=False)

    # What a page may ask. Whatever is asked here makes the page this person's own.

    @fact(frozenset[str])
    def segments(self) -> frozenset[str]:
        """Slugs of the live segments they are in; none where they refused profiling."""
        self.make_personal()
        return frozenset() if self.word is False else self.known.slugs

    @fact(lambda: None)
    def consent(self) -> bool | None:
        """Their word on profiling: True, False, or None where nothing was said."""
        self.make_personal()
        return self.word

    @fact(lambda: VisitorKind.NEW)
    def kind(self) -> VisitorKind:
        """With an account and logged in, here before, or new."""
        self.make_personal()
        if self.is_member:
            return VisitorKind.MEMBER
        return VisitorKind.RETURNING if self.visit.get("kind") == VisitorKind.RETURNING else VisitorKind.NEW

    @fact(str)
    def first_name(self) -> str:
        """Of the account; "" where it is not known."""
        self.make_personal()
        return str(getattr(self.user, "first_name", "") or "")

    @fact(tuple[str, ...])
    def viewed(self) -> tuple[str, ...]:
        """Ids of the products they looked at last, the last in front; none where they may not be followed.

        What they looked at on earlier visits is looked up once a visit.
        """
        self.make_personal()
        if not self.may_follow:
            return ()
        here = remembered(self.visit)
        if len(here) == MOST_VIEWED or self.visit.get("past") == self.is_member:
            return here
        before = last_viewed(self.customer, self.visitor_id)
        self.has_looked_back = True
        return latest(here, before)

    @fact(str)
    def last_viewed(self) -> str:
        """Id of the product they looked at last; "" without one, and where they may not be followed."""
        self.make_personal()
        here = remembered(self.visit) if self.may_follow else ()
        return next(iter(here or self.viewed), "")

    @fact(str)
    def language(self) -> str:
        """The language of the page."""
        return get_language() or ""

    @fact(lambda: conf.base_currency)
    def currency(self) -> str:
        """The currency they chose to see; the shop's where they chose none."""
        self.make_personal()
        return self.chosen.currency or conf.base_currency

    @fact(Location)
    def location(self) -> Location:
        """Where they are, by whose word; the country is "" where nobody knows."""
        self.make_personal()
        trusted = networks(conf.trusted_proxies)
        peer = self.request.META.get("REMOTE_ADDR", "")
        return locate(
            choice=self.chosen.country,
            account=lambda: self.account_country,
            header=believed(self.request.headers.get(conf.country_header, "") if conf.country_header else "", peer, trusted),
            address=client_address(peer, self.request.headers.get("X-Forwarded-For", ""), trusted),
            geoip_path=conf.geoip_path,
            default=conf.country,
        )

    @fact(lambda: datetime.now(UTC))
    def local_time(self) -> datetime:
        """Their wall clock."""
        return local_time(self.location, self.now)

    @fact(lambda: None)
    def season(self) -> Season | None:
        """The season where they are; None where that is unknown."""
        return season_of(self.location.country, self.local_time.date(), self.location.latitude)

    @fact(tuple)
    def holidays(self) -> Sequence[Holiday]:
        """Holidays and retail days around their day."""
        return holidays_around(self.location.country, self.location.region, self.local_time.date(), self.language)

    @fact(lambda: device_of("", {}))
    def device(self) -> Device:
        """What they look with."""
        self.make_personal()
        return device_of(self.request.headers.get("User-Agent", ""), self.request.headers)

    @property
    def is_bot(self) -> bool:
        """Whether it is a machine that looks."""
        return self.device.is_bot

    @property
    def key(self) -> str:
        """Their profile key, "user:…" or "visitor:…"; "" of somebody of whom we keep nothing."""
        if self.customer:
            return user_key(self.customer)
        return visitor_key(self.visitor_id) if self.visitor_id else ""

    # What they do.

    def record(
        self,
        kind: str,
        *,
        product_id: object = "",
        category: str = "",
        query: str = "",
        value: Decimal | int | None = None,
        uid: str = "",
    ) -> None:
        """They did something.

        It is written after the response was sent, if they agreed to be followed. `kind` is one of segmentation.activity.Kind,
        or a shop's own. Never raises.
        """
        self.language  # noqa: B018  asked now: when the deed is written, the page's language is no longer active
        if len(self.deeds) < MOST_DEEDS:
            self.deeds.append(Deed(kind, self.now, "", "", uid, str(product_id), category, query, value))

    def identify(self, *, email: str) -> None:
        """They ordered as a guest with that e-mail, and the order is saved. Never raises."""
        try:
            ordered(self, email)
        except Exception:
            logger.exception("a guest could not be tied to what they did before")

    # What these are made of.

    def make_personal(self) -> None:
        """No cache that others are served from may keep what is made of this."""
        self.is_personal = True
        # Read by Django's cache middleware, which may stand nearer to the view than ours.
        self.request._cache_update_cache = False  # type: ignore[attr-defined]

    @fact(lambda: {choice.PROFILING: False})
    def words(self) -> Mapping[str, bool]:
        """Purpose -> what they said in this browser. Where we fail to read it, it may have been a no."""
        return choice.words_of(self.jar.get(CONSENT))

    @fact(dict[str, Any])
    def visit(self) -> Mapping[str, Any]:
        """What is remembered of this visit; nothing where they are not followed."""
        said = self.jar.get(VISIT)
        return said if isinstance(said, dict) else {}

    @fact(str)
    def visitor_id(self) -> str:
        """The random id in their browser, "" without one; once they refused, there is none."""
        return "" if self.words.get(choice.PROFILING) is False else str(self._identity.get("id", ""))

    @property
    def is_first_visit(self) -> bool:
        """Whether their browser has no id of ours, or one that it was given a moment ago."""
        given = self._identity.get("at", 0)
        return not self.visitor_id or self.now.timestamp() - given < VISIT.seconds

    @property
    def _identity(self) -> Mapping[str, Any]:
        said = self.jar.get(VISITOR)
        return said if isinstance(said, dict) else {}

    @fact(lambda: None)
    def user(self) -> Any:
        """The account they are logged in with, or that their token carries; None without one."""
        if self.token is not None:
            return account_of(self.token.customer) if self.token.customer else None
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @fact(str)
    def customer(self) -> str:
        """The shop's id of their account; "" without one."""
        return str(self.user.pk) if self.user is not None else ""

    @fact(bool)
    def is_member(self) -> bool:
        """Whether they are logged in; a signature spares the page asking for the account."""
        return self.signed.is_member if self.signed is not None else self.user is not None

    @property
    def refused_by_browser(self) -> bool:
        """Whether the browser asks not to be followed."""
        return choice.refuses_by_browser(self.request.headers)

    @fact(lambda: False)
    def word(self) -> bool | None:
        """The word on profiling that counts. Where we fail to find out, it is a no."""
        here = self.words.get(choice.PROFILING)
        if here is False:
            return False  # nothing further is read of somebody who refused
        return choice.settled(here, self.known.profiling, self.refused_by_browser)

    @property
    def may_follow(self) -> bool:
        """Whether what they do may be kept, and what was kept be read."""
        return self.word is True or (self.word is None and not conf.asks_consent)

    @property
    def instant(self) -> int:
        """When the request came, in milliseconds since 1970."""
        return int(self.now.timestamp() * 1000)

    @fact(lambda: Known(0))
    def known(self) -> Known:
        """What the database says of them: by the signature, or by asking it."""
        return self.signed or (look_up(self.key, self.instant, self._refuses) if self.key else Known(self.instant))

    def _refuses(self, profile: bool | None) -> bool:
        return choice.settled(self.words.get(choice.PROFILING), profile, self.refused_by_browser) is False

    @fact(lambda: None)
    def signed(self) -> Known | None:
        """What a good signature of theirs says."""
        sealed = self.request.session.get(SEGMENTS.name) if self.signs_in_session else None
        said = SEGMENTS.open(sealed) if sealed else self.jar.get(SEGMENTS)
        if said is None:
            return None
        known = signature.read(said, self.binding, self.instant)
        return None if known is None or changed_since(known.mark, known.at) else known

    @property
    def binding(self) -> str:
        """What ties a signature to them."""
        if self.token is not None:
            return signature.bind(f"token|{self.token.customer}", self.visitor_id)
        return signature.bind(self.request.COOKIES.get(conf.session_cookie, ""), self.visitor_id)

    @property
    def signs_in_session(self) -> bool:
        """Whether the signature is kept in Django's session."""
        return conf.signature == "session" and self.token is None

    @fact(PlaceChoice)
    def chosen(self) -> PlaceChoice:
        """The country and the currency that they chose."""
        return PlaceChoice.read(self.jar.get(PLACE))

    @fact(Arrival)
    def arrival(self) -> Arrival:
        """Where they came from with this page."""
        return arrival_of(self.request.GET, self.request.headers.get("Referer", ""), self.request.get_host())

    @fact(Context)
    def context(self) -> Context:
        """Where and how they do what they do."""
        return Context(
            hour=self.local_time.hour,
            country=self.location.country,
            language=self.language,
            device=str(self.device.kind),
        )

    @fact(str)
    def account_country(self) -> str:
        """Country of the account; "" without one."""
        if self.signed is not None and self.signed.country is not None:
            return self.signed.country
        country = country_of_account(self.user)
        self.known = replace(self.known, country=country)
        return country


LOADED = ("user", "segments", "kind", "first_name", "viewed")
KEPT = ("request", "now", "token", "jar", "deeds", "shown", "is_unsure", "is_personal", "is_at_front")
