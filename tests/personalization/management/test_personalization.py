from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from personalization.management.commands.personalization import SUBCOMMANDS


def test_the_subcommands():
    assert list(SUBCOMMANDS) == ["train", "popularity", "recommend", "evaluate", "status", "versions", "switch", "audience"]


def test_settings_that_cannot_work_are_told_first(db, settings, personalization):
    settings.PERSONALIZATION = {"RECOMMENDER_VERSIONS_KEPT": 0}
    ran = personalization("status")
    assert (ran.out, ran.code) == ("", 1)
    assert ran.err == "RECOMMENDER_VERSIONS_KEPT: 0 is no whole number from 1 to 100"


def test_a_subcommand_that_there_is_none_of():
    with pytest.raises(CommandError, match="invalid choice: 'learn'"):
        call_command("personalization", "learn")
