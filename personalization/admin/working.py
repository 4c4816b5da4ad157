"""Long work that is started from a page: by a worker, or at once where tasks run in the page; and how far it is."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import Script
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.models import Evaluation, RecommenderVersion
from segmentation.errors import RegularsError

logger = logging.getLogger(__name__)

SCRIPT = Script("regulars_personalization/progress.js", defer=True)

BUSY = {RecommenderVersion.State.TRAINING, Evaluation.State.RUNNING}
"""States of rows that are being worked on."""


@dataclass(frozen=True, slots=True)
class Doing:
    """How far the latest row is. `mark` changes with it; the page's script asks while it `waits`, and loads anew when done."""

    mark: str = ""
    percent: int = 0
    text: str = ""
    waits: bool = False

    @property
    def as_json(self) -> dict[str, Any]:
        """For the script."""
        return {"mark": self.mark, "percent": self.percent, "text": self.text, "waits": self.waits}


def start(request: HttpRequest, task: Any, *args: Any) -> bool:
    """Start a Celery task; whether it could be. Whatever is wrong is told, and nothing raises."""
    try:
        # A broker that is down must not hold up the page: one try, no retry.
        task.apply_async(args, retry=False, ignore_result=True)
    except RegularsError as error:
        messages.error(request, _("Nothing was done: %(problem)s") % {"problem": error})
    except Exception:
        logger.exception("work that the admin asked for could not be started")
        messages.error(request, _("It could not be started; the log says why."))
    else:
        return True
    return False


def wait_for(request: HttpRequest, model: type[Model], before: str) -> None:
    """Somebody started work: pages wait until the latest row is another than that with this mark."""
    request.session[_key(model)] = before


def doing(request: HttpRequest, model: type[Model]) -> Doing:
    """Of the shop's latest row of versions or evaluations; one query."""
    rows: Any = model._default_manager.filter(shop=conf.shop).order_by("-pk")
    latest = rows.defer("card" if model is RecommenderVersion else "report").first()
    mark = f"{latest.pk}:{latest.state}" if latest else "-"
    if latest is not None and latest.state in BUSY:
        request.session.pop(_key(model), None)
        said = _("“%(name)s” is being worked on: %(percent)s%% done.")
        return Doing(mark, latest.progress, said % {"name": latest, "percent": latest.progress}, waits=True)
    if request.session.get(_key(model)) == mark:
        return Doing(mark, 0, _("Waiting for a worker to begin."), waits=True)
    request.session.pop(_key(model), None)
    return Doing(mark)


def progress_view(request: HttpRequest, model: type[Model]) -> JsonResponse:
    """What the page's script asks for."""
    response = JsonResponse(doing(request, model).as_json)
    response["Cache-Control"] = "no-store"
    return response


def _key(model: type[Model]) -> str:
    return f"regulars_waits_{model._meta.model_name}"
