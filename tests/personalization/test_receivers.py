"""What personalization hears never raises into whoever says it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from segmentation.models import Cause, Segment
from segmentation.signals import consent_changed, segment_entered


@pytest.mark.parametrize("signal", [segment_entered, consent_changed])
def test_a_receiver_that_fails_is_logged(monkeypatch: Any, caplog: Any, signal: Any) -> None:
    def failing(*args: Any, **named: Any) -> Any:
        raise RuntimeError("gone")

    monkeypatch.setattr("personalization.receivers.mark", failing)
    said = {"segment": None, "profiles": [1], "profile": 1, "purpose": "sms", "at": timezone.now(), "cause": Cause.CHANGE}
    signal.send(Segment, **said)
    assert "failed" in caplog.text
