from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from personalization.content import marks, templates
from personalization.content.templates import read
from personalization.errors import TemplateError

FULL: dict[str, Any] = {"first_name": "<b>Ann</b>", "products": [{"title": "Lamp"}] * 100, "city": ""}


def rendered(source: str, *, is_html: bool = True, is_strict: bool = True) -> str:
    return read(source, is_html=is_html, is_strict=is_strict).render(FULL)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Hello", "Hello"),
        ("Hello {{ first_name }}", "Hello &lt;b&gt;Ann&lt;/b&gt;"),
        ('Hello {{ city | default: "there" }}', "Hello there"),
        ("{{ first_name | upcase | truncate: 5 }}", "&lt;B..."),
        ("{% if city == '' %}a{% elsif first_name %}b{% else %}c{% endif %}", "a"),
        ("{% unless city == '' %}a{% else %}b{% endunless %}", "b"),
        ("{% case city %}{% when 'Lyon' %}a{% else %}b{% endcase %}", "b"),
        ("{% for one in products limit:2 %}{{ one.title }} {% endfor %}", "Lamp Lamp "),
        ("{% for one in products %}{{ one.title }}{% break %}{% endfor %}", "Lamp"),
        ("a{% comment %} b {{ c }} {% endcomment %}d", "ad"),
        ("a {%- if true -%} b {%- endif %}", "ab"),
        ("a } b %} {", "a } b %} {"),
    ],
)
def test_what_can_be_said(source: str, expected: str) -> None:
    assert rendered(source) == expected


def test_a_plain_text_is_escaped_by_whoever_prints_it() -> None:
    assert rendered("{{ first_name }} & <i>", is_html=False) == "<b>Ann</b> & <i>"


def test_tokens_are_known_with_their_lines() -> None:
    read_one = read(
        "a\n{{ first_name }}\n{% for one in products %}{{ one.title }}{% if city %}{% endif %}{% endfor %}", is_html=True
    )
    assert dict(read_one.tokens) == {"first_name": 2, "products": 3, "city": 3}


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ('{{ (1..50000000) | join: "," }}', 1, "Ranges such as (1..5) cannot be used."),
        ("a\n{% for i in (1..50000000) %}a{% endfor %}", 2, "Ranges such as (1..5) cannot be used."),
        ("{{ first_name | default: (1..50000000) }}", 1, "Ranges such as (1..5) cannot be used."),
        ("{% if first_name == (1..9) %}{% endif %}", 1, "Ranges such as (1..5) cannot be used."),
        ("{% if true %}{% case city %}{% when (1..9) %}a{% endcase %}{% endif %}", 1, "Ranges such as (1..5) cannot be used."),
        ("{% for i in products limit:(1..9) %}{% endfor %}", 1, "Ranges such as (1..5) cannot be used."),
        ('\n\n{{ first_name | replace: "a", "aa" }}', 3, "There is no filter “replace”."),
        ("{{ first_name | safe }}", 1, "There is no filter “safe”."),
        ('{{ "a" | append: "b" }}', 1, "There is no filter “append”."),
        ('\n{% include "secrets" %}', 2, "There is no tag “include”."),
        ('{% render "secrets" %}', 1, "There is no tag “render”."),
        ('{% assign a = "b" %}', 1, "There is no tag “assign”."),
        ("{% capture a %}b{% endcapture %}", 1, "There is no tag “capture”."),
        ("{% increment a %}", 1, "There is no tag “increment”."),
        ("{% tablerow i in products %}{% endtablerow %}", 1, "There is no tag “tablerow”."),
        ("{% cycle 1, 2 %}", 1, "There is no tag “cycle”."),
        ("{% echo first_name %}", 1, "There is no tag “echo”."),
        ("{% liquid\n echo first_name %}", 1, "There is no tag “liquid”."),
        ("{% raw %}<script>{% endraw %}", 1, "There is no tag “raw”."),
        ("{% %}", 1, "There is no tag “”."),
        ("{% if true %}" * 11 + "{% endif %}" * 11, 1, "block nesting limit reached"),
        ("{{ a", 1, "“{{” is not closed by “}}”."),
        ("a\n{% if a", 2, "“{%” is not closed by “%}”."),
        ("{{ a {{ b }}", 1, "“{{” is not closed by “}}”."),
        ("{{ a %}", 1, "“{{” is not closed by “}}”."),
        ("{{" * 20_000, 1, "“{{” is not closed by “}}”."),
        ("{{" + " " * 50_000 + "}}", 1, "A mark is longer than 500 characters, or full of spaces."),
        ("{{ a" + " " * 30 + "}}", 1, "A mark is longer than 500 characters, or full of spaces."),
        ("{{ a " + "| strip " * 6 + "}}", 1, "A mark has more than 5 filters."),
        ("{{ a }}" * 301, 1, "There are more than 300 marks."),
        ("a" * 100_001, 0, "The template is longer than 100000 bytes."),
        ("é" * 50_001, 0, "The template is longer than 100000 bytes."),
    ],
)
def test_what_cannot_be_written(source: str, line: int, said: str) -> None:
    with pytest.raises(TemplateError) as raised:
        read(source, is_html=True)
    assert (raised.value.line, str(raised.value)) == (line, said)


@pytest.mark.parametrize(
    "source",
    [
        "{{ " + "a[" * 200 + "]" * 200 + " }}",
        "{% if " + "a and " * 80 + "a %}{% endif %}",
        "{{ " + "9" * 490 + " }}",
        "{% if a %}",
        "{% endif %}",
        "{% else %}",
        "{{ | }}",
        "{% for in %}{% endfor %}",
        "{% comment %}" * 300,
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_else_happens(source: str) -> None:
    with suppress(TemplateError):
        assert len(read(source, is_html=True).render({})) < 500


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in products %}{% for b in products %}x{% endfor %}{% endfor %}",
        "{% for a in products %}{% for b in products %}{% for c in products %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in products %}" + "x" * 3_000 + "{% endfor %}",
    ],
)
def test_loops_and_output_have_an_end(source: str) -> None:
    with pytest.raises(TemplateError, match="limit reached"):
        rendered(source)


@pytest.mark.parametrize("path", ["__class__", "delete", "title.__class__", "__class__.__mro__", "password", "_meta"])
def test_nothing_is_reached_through_an_object(path: str) -> None:
    class Customer:
        password = "secret"

        def delete(self) -> str:
            raise AssertionError("called")

    template = read(f"[{{{{ customer.{path} }}}}{{{{ products[0].{path} }}}}]", is_html=True)
    assert template.render({"customer": Customer(), **FULL}) == "[]"


def test_in_a_preview_an_unknown_name_is_told() -> None:
    for source in ("{{ last_name }}", "{{ products[0].titel }}"):
        assert rendered(source, is_strict=False) == ""
        with pytest.raises(TemplateError, match="is undefined"):
            rendered(source)


@pytest.mark.parametrize("source", ["{% if true %}a{% endif %}", "{% comment %}{% endcomment %}"])
def test_a_plain_text_has_tokens_and_no_tags(source: str) -> None:
    with pytest.raises(TemplateError, match="There is no tag"):
        read(source, is_html=False)


def test_every_inner_tag_belongs_to_a_tag() -> None:
    assert set(marks.INNER) <= set(templates.TAGS)


def test_a_text_without_marks_needs_no_library() -> None:
    source = Path(templates.__file__).read_text()
    assert re.findall(r"^(?:from|import) (liquid|nh3)", source, re.MULTILINE) == []
