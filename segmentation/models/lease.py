"""Who may write at the moment."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """A right held for a while by one worker. `token` grows with each holder, so a stale one is recognised."""

    name = models.CharField(max_length=120, primary_key=True)
    holder = models.CharField(max_length=120, blank=True)
    token = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
