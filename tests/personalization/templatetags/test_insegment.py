"""`{% insegment %}`: one part for members, another for everybody else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError

PARTS = '{% load personalization %}{% insegment "vip" other %}in{% else %}out{% endinsegment %}'


def rendered(text: str, *slugs: str, **context: Any) -> str:
    return Template(text).render(Context({"visitor": SimpleNamespace(segments=frozenset(slugs)), **context}))


@pytest.mark.parametrize(
    ("slugs", "shown"),
    [(["vip"], "in"), (["new", "vip"], "in"), (["new"], "out"), ([], "out")],
)
def test_a_member_sees_the_first_part(slugs: list[str], shown: str) -> None:
    assert rendered(PARTS, *slugs) == shown


def test_one_of_several_segments_is_enough_and_a_slug_may_be_a_variable() -> None:
    assert rendered(PARTS, "lapsed", other="lapsed") == "in"


def test_without_an_else_the_others_see_nothing() -> None:
    assert rendered('{% load personalization %}{% insegment "vip" %}in{% endinsegment %}', "new") == ""


def test_the_visitor_of_the_request_is_asked_where_the_context_has_none() -> None:
    request = SimpleNamespace(visitor=SimpleNamespace(segments=frozenset({"vip"})))
    assert Template(PARTS).render(Context({"request": request})) == "in"


def test_without_a_visitor_everybody_sees_the_second_part() -> None:
    assert Template(PARTS).render(Context({})) == "out"


def test_a_tag_without_a_slug_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="needs the slug of a segment"):
        Template("{% load personalization %}{% insegment %}in{% endinsegment %}")
