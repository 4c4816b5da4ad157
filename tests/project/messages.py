"""`make messages`: every message of each app into its catalogues, and those compiled. Needs the gettext tools.

The catalogues are kept under version control in both forms, so that a shop needs no gettext. Rules know no Django: what is
wrong with one is a plain template, translated where it is shown. So these are gathered from the source here.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "segmentation"
APPS = (APP, ROOT / "personalization", ROOT / "shopdemo")
LANGUAGES = ("fr", "pl", "zh_Hans", "zh_Hant")

_NOTED_BY = {"Problem": 1, "wrong": 1, "unknown": 1, "problem_at": 2, "_problem_at": 1}
"""Function that notes a problem -> the place of the template among its arguments."""

_MAY_MEAN = {"unknown": 1, "did_you_mean": 0}
"""Function that may add what was perhaps meant -> the place of the template, or of the problem, among its arguments."""
_MEANT = "; did you mean %(meant)s?"


def problem_templates(app: Path) -> list[str]:
    """Every template of a problem that the source spells out; one that is put together there has no translation.

    An app without rules has none.
    """
    paths = [path for room in ("rules", "engine", "kernel") for path in sorted((app / room).rglob("*.py"))]
    return sorted({template for path in paths for template in _Module(path).templates() if " " in template})


class _Module:
    """The texts of a module that may come to stand at some place in it."""

    def __init__(self, path: Path) -> None:
        self._nodes = list(ast.walk(ast.parse(path.read_text())))

    def templates(self) -> Iterator[str]:
        """Of problems, with and without what was perhaps meant."""
        for call in self._nodes:
            if isinstance(call, ast.Call):
                yield from self._argument(call, _NOTED_BY)
                yield from (template + _MEANT for template in self._argument(call, _MAY_MEAN))

    def _argument(self, call: ast.Call, places: dict[str, int]) -> Iterator[str]:
        for value in _argument(call, places):
            yield from self._texts(value)

    def _texts(self, value: ast.expr) -> Iterator[str]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
        for part in self._stand_for(value):
            yield from self._texts(part)

    def _stand_for(self, value: ast.expr) -> list[ast.expr]:
        match value:
            case ast.IfExp(body=body, orelse=otherwise):
                return [body, otherwise]
            case ast.Dict(values=values):
                return values
            case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
                return [node.value for node in self._nodes if isinstance(node, ast.Assign) and name in map(_name, node.targets)]
            case ast.Call(func=function):
                return [*_argument(value, _NOTED_BY), *self._returned(_name(function))]
        return []

    def _returned(self, name: str) -> Iterator[ast.expr]:
        for function in self._nodes:
            if isinstance(function, ast.FunctionDef) and function.name == name:
                yield from (node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value)


def _argument(call: ast.Call, places: dict[str, int]) -> list[ast.expr]:
    """The argument of a call that stands at its place, if the function is one of these."""
    place = places.get(_name(call.func), len(call.args))
    return call.args[place : place + 1]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def gather(app: Path) -> None:
    """Bring the catalogues of an app up to date with its source; what is gone there is gone here."""
    marked = app / "problem_templates.py"
    marked.write_text("".join(f"gettext_noop({template!r})\n" for template in problem_templates(app)))
    try:
        languages = [option for language in LANGUAGES for option in ("--locale", language)]
        _django(app, "makemessages", *languages, "--no-location", "--no-obsolete", "--no-wrap")
    finally:
        marked.unlink()


def compile_all(app: Path) -> None:
    """Compile the catalogues of an app."""
    _django(app, "compilemessages")


def _django(app: Path, *command: str) -> None:
    """Run one of Django's own commands there, with no settings: a shop's would have it look elsewhere."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-m", "django", *command, "--verbosity", "0"], cwd=app, env=environment, check=True)


if __name__ == "__main__":
    for each in APPS:
        gather(each)
        compile_all(each)
