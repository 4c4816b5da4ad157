"""Numbers about people that models write, and rules may ask."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from segmentation.models.profile import Profile

DECIMALS = 6
"""Of a score; more are rounded off, half to even."""

DIGITS = 15
"""In all: as large as the numbers may be that rules compare."""


class ScoreKind(models.Model):
    """A score that there is: the fact `score.<name>` while it stands here.

    `about` is what it is the score of, such as a product's id; `label` what that is called.
    """

    shop = models.CharField(_("shop"), max_length=64, default="default", editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("As rules write it behind “score.”."))
    label = models.CharField(_("label"), max_length=300, blank=True)
    about = models.CharField(_("about"), max_length=240, blank=True)
    written_at = models.DateTimeField(_("written"), null=True, blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="regulars_score_name")]

    def __str__(self) -> str:
        return self.name


class Score(models.Model):
    """One person's number; who has none is unknown. `confidence` is the writer's, 0 to 1, where it has one."""

    # Both are looked up by the indexes below, which begin with them.
    kind = models.ForeignKey(ScoreKind, models.CASCADE, related_name="scores", db_index=False, verbose_name=_("score"))
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="scores", db_index=False, verbose_name=_("profile"))
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=DECIMALS)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    at = models.DateTimeField(_("at"), help_text=_("When the value became what it is."))

    class Meta:
        verbose_name = _("score of a person")
        verbose_name_plural = _("scores of people")
        constraints = [models.UniqueConstraint(fields=["profile", "kind"], name="regulars_score_once")]
        indexes = [models.Index(fields=["kind", "value"], name="regulars_score_value")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"
