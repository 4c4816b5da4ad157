"""How many events are taken of one visitor, and of one network, whatever they say of themselves."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from django.http import HttpRequest
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.visitor.address import client_address, network_of, networks
from segmentation.rest.base.bucket import Bucket
from segmentation.rest.base.problems import Failed

MINUTE = 60


QUIET = 4
"""A network that used no more than this part of a visitor's rate has nobody in it who used more: then nobody is asked about."""


def take_of_network(request: HttpRequest, events: int, now: datetime) -> int:
    """So many events come from there; gives how many the network used of its rate by now. Raises Failed (429).

    The address is that of whoever speaks to the shop's own proxies; what they write themselves before it is not read.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    address = client_address(peer, request.headers.get("X-Forwarded-For", ""), networks(conf.trusted_proxies))
    return _take("events-network", conf.events_network_rate, network_of(address or ""), events, now)


def take_of_visitor(key: str, events: int, now: datetime, *, of_network: int) -> None:
    """So many events are theirs, by the key of their profile, where their network used so many. Raises Failed (429).

    A bucket is half a dozen commands to a cache, so a visitor from a quiet network has none yet.
    """
    if of_network * QUIET > conf.events_rate:
        _take("events", conf.events_rate, key, events, now)


def _take(name: str, rate: int, key: str, events: int, now: datetime) -> int:
    """How many are used. A minute's worth may come at once, and as much in each minute; a batch of nonsense is work too."""
    taken = Bucket(name, rate / MINUTE, rate).take(key, max(1, events), now)
    if not taken.allowed:
        said = _("Too many events; send them again in %(seconds)d seconds.") % {"seconds": ceil(taken.wait)}
        raise Failed(429, "too-many-events", said, retry_after=taken.wait)
    return rate - taken.remaining
