"""Where an address is, by a MaxMind database: GeoLite2, GeoIP2, or any other whose records name a country."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Mapping
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from personalization.visitor.address import parse
from personalization.visitor.countries import country_of

if TYPE_CHECKING:
    from maxminddb import Reader

logger = logging.getLogger(__name__)

QUIET_SECONDS = 60
"""A file that fails is told once in so many seconds, not at every visit."""


class Spot(NamedTuple):
    """What a database says of an address; "" and None where it does not."""

    country: str
    region: str = ""
    city: str = ""
    time_zone: str = ""
    latitude: float | None = None
    longitude: float | None = None


class _Opened(NamedTuple):
    """A reader, or why there is none, and the state of the file that it was made of."""

    state: tuple[int, int, int]
    reader: Reader | None
    reason: str
    has_ipv6: bool = False


NO_STATE = (0, 0, 0)
"""Of what is no file."""

_opened: dict[str, _Opened] = {}
_told: dict[str, float] = {}
_lock = Lock()


def look_up(address: str | None, path: str) -> Spot | None:
    """Where this is; None if it is unknown, private, reserved, or the file cannot be read. Never raises."""
    parsed = parse(address) if address and path else None
    if parsed is None or not parsed.is_global or parsed.is_multicast:
        return None
    opened = _open(path)
    if opened.reader is None:
        _tell(path, opened.reason)
        return None
    if parsed.version == 6 and not opened.has_ipv6:
        return None
    try:
        record = opened.reader.get(str(parsed))
    except Exception as error:  # a file that was damaged in some page fails only now, in more ways than one
        _tell(path, _reason(path, error))
        return None
    return _spot(record) if isinstance(record, Mapping) else None


def problem(path: str) -> str:
    """Why this file tells nothing, in words; "" if it does, or if there is no path at all."""
    return _open(path).reason if path else ""


def _open(path: str) -> _Opened:
    """The reader of the file as it is now: a new file is opened anew, one that failed is not tried again until it changes."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        return _Opened(NO_STATE, None, _reason(path, error))
    if not stat.S_ISREG(status.st_mode):  # a pipe would be read for ever
        return _Opened(NO_STATE, None, f"{path} is no file")
    state = (status.st_mtime_ns, status.st_size, status.st_ino)
    opened = _opened.get(path)
    if opened is None or opened.state != state:
        with _lock:
            opened = _opened.get(path)
            if opened is None or opened.state != state:
                # The old reader is not closed: another thread may be reading. It goes when the last one is done.
                opened = _opened[path] = _read(path, state)
    return opened


def _read(path: str, state: tuple[int, int, int]) -> _Opened:
    try:
        import maxminddb  # noqa: PLC0415  comes with the extra "place"
    except ImportError:
        return _Opened(state, None, "maxminddb is not installed: pip install django-regulars[place]")
    try:
        reader = maxminddb.open_database(path)
        return _Opened(state, reader, "", has_ipv6=reader.metadata().ip_version == 6)
    except Exception as error:  # not only InvalidDatabaseError: some damage is told as UnicodeDecodeError, ValueError …
        return _Opened(state, None, _reason(path, error))


def _reason(path: str, error: Exception) -> str:
    return f"{path} cannot be read: {type(error).__name__}: {error}"


def _tell(path: str, reason: str) -> None:
    now = monotonic()
    with _lock:
        if now - _told.get(path, -QUIET_SECONDS) < QUIET_SECONDS:
            return
        _told[path] = now
    logger.error("GeoIP: %s; visitors are placed without it", reason)


def _spot(record: Mapping[str, Any]) -> Spot | None:
    """Of a record of MaxMind's, or of a flat one: {"country_code": "GB"}."""
    country = country_of(_inside(record, "country", "iso_code") or record.get("country_code") or record.get("country"))
    if not country:
        return None
    regions = record.get("subdivisions")
    region = regions[0] if isinstance(regions, list) and regions else {}
    return Spot(
        country,
        region=_text(_inside({"region": region}, "region", "iso_code")),
        city=_text(_inside(record, "city", "names", "en")),
        time_zone=_text(_inside(record, "location", "time_zone")),
        latitude=_degrees(_inside(record, "location", "latitude"), 90),
        longitude=_degrees(_inside(record, "location", "longitude"), 180),
    )


def _inside(record: Any, *path: str) -> Any:
    """What stands there; None where the record has another shape."""
    for name in path:
        if not isinstance(record, Mapping):
            return None
        record = record.get(name)
    return record


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _degrees(value: Any, most: float) -> float | None:
    return float(value) if isinstance(value, int | float) and -most <= value <= most else None
