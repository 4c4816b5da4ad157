"""Long work that a worker is asked for: by the same Celery tasks as the admin's buttons."""

from __future__ import annotations

import logging
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.models import Evaluation, RecommenderVersion
from segmentation.errors import RegularsError
from segmentation.rest.base.problems import Failed

logger = logging.getLogger(__name__)

BUSY = {RecommenderVersion.State.TRAINING, Evaluation.State.RUNNING}
"""States of rows that are being worked on."""


def start(task: Any, *args: Any) -> None:
    """One try. Raises Failed (503) where nobody can be asked; the log says why."""
    try:
        task.apply_async(args, retry=False, ignore_result=True)
    except RegularsError:
        raise
    except Exception as error:
        logger.exception("work that REST asked for could not be started")
        raise Failed(503, "worker", _("No worker can be asked at the moment.")) from error


def refuse_second(model: type[Model], said: str) -> None:
    """Raises Failed (409) while the shop's latest row is being worked on."""
    rows: Any = model._default_manager.filter(shop=conf.shop).order_by("-pk")
    if rows.values_list("state", flat=True).first() in BUSY:
        raise Failed(409, "busy", said)
