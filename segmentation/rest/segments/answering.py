"""Segments answered after a change by REST, as after one in the admin. The change itself stays whatever happens."""

from __future__ import annotations

import logging
from functools import partial

from django.db import router, transaction

from segmentation.errors import RegularsError
from segmentation.models import Segment
from segmentation.tasks import ask_refresh

logger = logging.getLogger(__name__)


def answer_on_commit(*slugs: str) -> None:
    """Refresh these live segments once what was saved is committed, here or by a worker as CHANGES says.

    What goes wrong is logged: the next refresh answers them, and `refreshed_at` says whether one did.
    """
    if slugs:
        transaction.on_commit(partial(_answer, slugs), using=router.db_for_write(Segment))


def _answer(slugs: tuple[str, ...]) -> None:
    try:
        ask_refresh(slugs)
    except RegularsError as error:
        logger.warning("segments that were changed by REST wait for the next refresh: %s", error)
    except Exception:
        logger.exception("a refresh that REST asked for failed")
