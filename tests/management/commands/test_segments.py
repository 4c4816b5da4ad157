from __future__ import annotations

from io import StringIO

import pytest
from django.core.management.base import CommandParser

from segmentation.management.commands.segments import SUBCOMMANDS, Command


def typed(*arguments):
    """The options of a command line, as a shell gives it."""
    command = Command()
    command._called_from_command_line = True
    return command.create_parser("manage.py", "segments").parse_args(arguments)


def test_the_subcommands():
    assert list(SUBCOMMANDS) == [
        "inspect",
        "sync",
        "refresh",
        "status",
        "list",
        "show",
        "members",
        "preview",
        "explain",
        "presets",
        "export",
        "import",
        "import-orders",
        "import-rates",
        "token",
    ]


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_takes_json(name):
    parser = CommandParser()
    SUBCOMMANDS[name].add_arguments(parser)
    needed = [next(iter(sorted(action.choices or ["x"]))) for action in parser._actions if action.required]

    assert typed(name, *needed, "--json").json is True
    assert typed(name, *needed).json is False


@pytest.mark.parametrize("arguments", [(), ("destroy",), ("show",), ("explain", "vip"), ("list", "--yaml")])
def test_a_wrong_command_line(arguments, capsys):
    with pytest.raises(SystemExit) as leaving:
        typed(*arguments)

    assert leaving.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_helps(name, capsys):
    with pytest.raises(SystemExit) as leaving:
        typed(name, "--help")

    assert leaving.value.code == 0
    assert SUBCOMMANDS[name].HELP.split(" ")[0] in capsys.readouterr().out


@pytest.mark.django_db
def test_an_error_is_a_sentence_and_no_output(segments):
    ran = segments("show", "nothing", "--json")

    assert ran == type(ran)("", "no segment is called nothing", 1)


@pytest.mark.parametrize("name", ["sync", "refresh"])
def test_no_source(name, settings, segments, db):
    settings.SEGMENTATION = {**settings.SEGMENTATION, "SOURCE": ""}

    ran = segments(name)

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err == 'SEGMENTATION["SOURCE"] is not set: name your ShopSource subclass, "myshop.segments.Shop"'


@pytest.mark.parametrize("name", ["status", "refresh"])
def test_a_wrong_time_zone(name, settings, segments):
    settings.SEGMENTATION = {**settings.SEGMENTATION, "TIME_ZONE": "Mars/Olympus"}

    ran = segments(name)

    assert (ran.out, ran.code) == ("", 1)
    assert ran.err.startswith('TIME_ZONE: "Mars/Olympus" is no IANA time zone')


@pytest.mark.usefixtures("people")
def test_a_fault_of_the_source_does_not_stop_the_commands(use_source):
    use_source("WrongPath")
    out = StringIO()

    Command(stdout=out).execute(**vars(typed("list", "--json")))

    assert out.getvalue() == "[]\n"
