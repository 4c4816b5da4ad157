"""Answering segments again after a change in the admin, and saying how it went. The change itself stays whatever happens."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.db import router, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segmentation import tasks
from segmentation.admin.figures import count_text
from segmentation.conf import conf
from segmentation.errors import RefreshBusy, RegularsError
from segmentation.membership import RefreshReport, SegmentReport
from segmentation.models import Segment

logger = logging.getLogger(__name__)


def refresh_on_commit(request: HttpRequest, slugs: Sequence[str]) -> None:
    """Refresh these live segments once what was saved is committed, here or by a worker as CHANGES says."""
    transaction.on_commit(partial(_tried, request, slugs), using=router.db_for_write(Segment))


def _tried(request: HttpRequest, slugs: Sequence[str]) -> None:
    try:
        report = tasks.ask_refresh(slugs)
    except RefreshBusy:
        _warn(request, _("Another refresh is under way. These segments were not refreshed; the next refresh answers them."))
    except RegularsError as error:
        _warn(request, _("The refresh failed, and no membership was changed: %(problem)s") % {"problem": error})
    except Exception:
        logger.exception("a refresh that the admin asked for failed")
        _warn(request, _("The refresh failed; the log says why. The next refresh tries again."))
    else:
        _told(request, slugs, report)


def _told(request: HttpRequest, slugs: Sequence[str], report: RefreshReport | None) -> None:
    if report is None:
        said = ngettext(
            "A worker refreshes %(count)s segment; look again in a moment.",
            "A worker refreshes %(count)s segments; look again in a moment.",
            len(slugs),
        )
        messages.info(request, said % {"count": count_text(len(slugs))})
        return
    names = dict(Segment.objects.filter(shop=conf.shop, slug__in=slugs).values_list("slug", "name"))
    for segment in report.segments:
        _tell(request, names.get(segment.slug, segment.slug), segment)


def _tell(request: HttpRequest, name: str, report: SegmentReport) -> None:
    if report.problem:
        said = _("“%(segment)s” is broken and keeps its members: %(problem)s")
        messages.error(request, said % {"segment": name, "problem": report.problem})
        return
    size = report.size or 0
    said = ngettext(
        "“%(segment)s” has %(size)s member: %(entered)s entered, %(left)s left.",
        "“%(segment)s” has %(size)s members: %(entered)s entered, %(left)s left.",
        size,
    )
    counts = {"size": count_text(size), "entered": count_text(report.entered), "left": count_text(report.left)}
    messages.success(request, said % {"segment": name, **counts})
    if report.note:
        messages.warning(request, _("“%(segment)s”: %(note)s") % {"segment": name, "note": report.note})


def _warn(request: HttpRequest, text: str) -> None:
    messages.warning(request, text)
