"""What is shown of personal data to those who may not see it."""

from __future__ import annotations

VIEW_EMAIL = "regulars_segmentation.view_email"
"""Who has this permission sees personal data whole: e-mails of guests, words that people searched for, names in previews."""


def masked(email: str) -> str:
    """Enough to recognise an address one knows, too little to write to it: g•••@example.com."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}•••{at}{domain}" if at else email
