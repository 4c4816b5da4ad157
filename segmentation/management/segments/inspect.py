"""`segments inspect`: what the shop source gives, to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.management.segments.console import Console
from segmentation.management.segments.table import table
from segmentation.sources import ResolvedColumn, active_source
from segmentation.sources.inspect import RelationReport, inspect
from segmentation.sources.problems import SourceProblem

HELP = "Shows three rows of each relation of the shop source, the queries they took, and what is wrong."

MASK = "***"
WIDEST = 32
"""Characters of a value in the table."""


def add_arguments(parser: CommandParser) -> None:
    """None of its own."""


def run(console: Console, options: dict[str, Any]) -> None:
    """Personal and restricted values are masked: a terminal has no rights, and its output is pasted into tickets."""
    source = active_source()
    reports = inspect(source, conf.source_alias)
    problems = source.problems()
    data = {"relations": [_relation(report) for report in reports], "problems": [asdict(problem) for problem in problems]}
    console.tell(data, _lines(reports, problems))
    if problems or any(report.error or report.asks_for_each_row for report in reports):
        raise SystemExit(1)


def _relation(report: RelationReport) -> dict[str, Any]:
    return {
        "relation": report.name,
        "part": report.part,
        "queries": report.queries,
        "expected_queries": report.expected,
        "error": report.error,
        "columns": [_column(column) for column in report.columns],
        "rows": _rows(report),
    }


def _column(column: ResolvedColumn) -> dict[str, Any]:
    names = ("name", "kind", "scale", "current", "key", "personal", "restricted")
    return {name: getattr(column, name) for name in names}


def _rows(report: RelationReport) -> list[dict[str, str | None]]:
    masked = {column.name for column in report.columns if column.personal or column.restricted}
    return [{name: MASK if value and name in masked else value for name, value in row.items()} for row in report.rows]


def _lines(reports: list[RelationReport], problems: list[SourceProblem]) -> Iterator[str]:
    for report in reports:
        relation = f"{report.name}.{report.part}" if report.part else report.name
        said = {"relation": relation, "rows": len(report.rows), "queries": report.queries, "expected": report.expected}
        yield _("%(relation)s: rows shown %(rows)d, queries %(queries)d") % said
        if report.asks_for_each_row:
            yield _("  N+1: %(expected)d queries expected, %(queries)d made. A function asks the database for each row;") % said
            yield _("  name what it asks for in the queryset's select_related() or prefetch_related().")
        if report.error:
            yield _("  cannot be read: %(error)s") % {"error": report.error}
        rows = _rows(report)
        for line in table((), [[column.name, column.kind, *_cells(column, rows)] for column in report.columns]):
            yield f"  {line}"
        yield ""
    yield _("Problems: %(count)d") % {"count": len(problems)}
    for problem in problems:
        yield f"  {problem}{f' ({problem.hint})' if problem.hint else ''}"


def _cells(column: ResolvedColumn, rows: list[dict[str, str | None]]) -> list[str | None]:
    values = (row[column.name] for row in rows)
    return [value if value is None or len(value) <= WIDEST else f"{value[: WIDEST - 1]}…" for value in values]
