"""What recommendations are made from: versions of the trained models, and the lists that each has made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RecommenderVersion(models.Model):
    """One training. `card` says what it was trained on, how well it does against baselines, and what it covers."""

    class State(models.TextChoices):
        """Where it stands."""

        TRAINING = "training", _("in training")
        READY = "ready", pgettext_lazy("version", "ready")
        ACTIVE = "active", pgettext_lazy("version", "active")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    shop = models.CharField(_("shop"), max_length=64, default="default", editable=False)
    number = models.PositiveIntegerField(pgettext_lazy("version", "number"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.TRAINING)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    activated_at = models.DateTimeField(_("activated"), null=True, blank=True)
    popular_at = models.DateTimeField(_("popularity of"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("percent done"), default=0)
    why = models.TextField(_("why"), blank=True, help_text=_("Why it was refused or failed."))
    card = models.JSONField(_("model card"), default=dict, blank=True)

    class Meta:
        verbose_name = _("recommender version")
        verbose_name_plural = _("recommender versions")
        ordering = ["-number"]
        permissions = [
            ("train_recommender", _("Can train, test and switch recommenders")),
            ("preview_recommendations", _("Can preview recommendations as any customer")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="regulars_recommender_number"),
            models.UniqueConstraint(fields=["shop"], condition=Q(state="active"), name="regulars_recommender_active"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class RecommendationList(models.Model):
    """The lists of one person, product, country, segment or shelf, as `personalization.recommend.listed` packs them."""

    version = models.ForeignKey(RecommenderVersion, models.CASCADE, related_name="lists", verbose_name=_("version"))
    key = models.CharField(_("key"), max_length=300)
    packed = models.TextField(_("lists"))

    class Meta:
        verbose_name = _("recommendation list")
        verbose_name_plural = _("recommendation lists")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="regulars_list_key")]

    def __str__(self) -> str:
        return self.key


class Evaluation(models.Model):
    """A test of the models on the shop's own orders: trained on those before a day, asked for those since."""

    class State(models.TextChoices):
        """Where it stands."""

        RUNNING = "running", pgettext_lazy("evaluation", "running")
        DONE = "done", pgettext_lazy("evaluation", "done")
        FAILED = "failed", _("failed")

    shop = models.CharField(_("shop"), max_length=64, default="default", editable=False)
    fit_until = models.DateField(_("trained on orders before"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("percent done"), default=0)
    why = models.TextField(_("why"), blank=True, help_text=_("Why it failed."))
    report = models.JSONField(_("report"), default=dict, blank=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return str(self.fit_until)
