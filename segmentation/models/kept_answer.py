"""What was answered to a request with an `Idempotency-Key`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptAnswer(models.Model):
    """Written before the work begins and filled when it ends, so that whoever asks twice is answered once.

    `caller` says who asked (a token or a user), `asked` is a digest of method, address and body. `status` is NULL while the work
    is under way.
    """

    shop = models.CharField(_("shop"), max_length=64, default="default")
    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    body = models.TextField(blank=True)
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [models.UniqueConstraint(fields=["shop", "caller", "key"], name="regulars_answer_once")]
        indexes = [models.Index(fields=["begun_at"], name="regulars_answer_time")]

    def __str__(self) -> str:
        return self.key
