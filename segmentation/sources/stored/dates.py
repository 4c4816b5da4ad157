"""Dates of a plain CSV, in whatever way they are written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from django.utils.translation import gettext as _

from segmentation.sources.stored.reading import read_moment
from segmentation.sources.stored.values import Wrong, read_time

MOST_KEPT = 100_000

_SECONDS = re.compile(r"\d{9,10}(\.\d+)?", re.ASCII)
_MILLISECONDS = re.compile(r"\d{12,13}", re.ASCII)


class Dates:
    """Reads dates by `form` (as `datetime.strptime` has it) where that is given, else in ISO 8601 or as seconds since 1970.

    What says no offset is in the zone, and a date alone the beginning of its day there.
    """

    def __init__(self, zone: tzinfo, form: str = "") -> None:
        self._zone, self._form = zone, form
        self._kept: dict[str, datetime] = {}

    def read(self, value: object) -> datetime:
        """The moment, in UTC. Raises Wrong."""
        text = str(value)
        found = self._kept.get(text)
        if found is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            found = self._kept[text] = self._read(text)
        return found

    def _read(self, text: str) -> datetime:
        if not text:
            raise Wrong(_("is required"))
        if self._form:
            return self._formed(text)
        if _SECONDS.fullmatch(text) or _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(float(text) / (1000 if _MILLISECONDS.fullmatch(text) else 1), UTC)
        try:
            return read_moment(text, self._zone)
        except Wrong as error:
            why = _("“%(text)s” is no date in ISO 8601, such as “2026-05-31 17:09”; of dates written otherwise say how, such as")
            raise Wrong(f"{why % {'text': text}} --date-format '%d/%m/%Y %H:%M'") from error

    def _formed(self, text: str) -> datetime:
        try:
            moment = datetime.strptime(text, self._form)  # noqa: DTZ007  the zone comes next
        except ValueError as error:
            raise Wrong(_("“%(text)s” is not written as %(form)s") % {"text": text, "form": self._form}) from error
        return read_time(moment if moment.tzinfo else moment.replace(tzinfo=self._zone))
