"""`manage.py personalization`: recommendations from the command line. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.checks import CheckMessage

from personalization.checks import check_settings
from personalization.errors import TrainingBusy
from personalization.management.personalization import (
    audience,
    evaluate,
    popularity,
    recommend,
    status,
    switch,
    train,
    versions,
)
from segmentation.management.subcommands import Subcommand, SubcommandsCommand

SUBCOMMANDS: Mapping[str, Subcommand] = {
    "train": train,
    "popularity": popularity,
    "recommend": recommend,
    "evaluate": evaluate,
    "status": status,
    "versions": versions,
    "switch": switch,
    "audience": audience,
}


class Command(SubcommandsCommand):
    """Exit code 75 where another worker trains."""

    help = "Recommendations: train, test and serve them, and write them to a file."
    subcommands = SUBCOMMANDS
    exit_codes = {TrainingBusy: 75}  # EX_TEMPFAIL, try again later

    def wrong_settings(self) -> Sequence[CheckMessage]:
        """Errors alone: warnings hinder nothing."""
        return [message for message in check_settings(None) if message.is_serious()]
