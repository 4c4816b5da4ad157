from __future__ import annotations

import pytest

from segmentation.errors import SegmentError
from segmentation.membership.definitions.strict_yaml import MAX_DEPTH, Node, read_yaml


def plain(node: Node):
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return node.value


def refused(text: str) -> str:
    with pytest.raises(SegmentError) as caught:
        read_yaml(text)
    return str(caught.value)


def test_mappings_lists_and_texts():
    text = "a: x\nb:\n- {c: d}\n- [e, f]\n- |\n  two\n  lines\n- >-\n  one\n  line\n"
    assert plain(read_yaml(text)) == {"a": "x", "b": [{"c": "d"}, ["e", "f"], "two\nlines\n", "one line"]}


@pytest.mark.parametrize("text", ["no", "on", "2024", "1.50", "2026-01-01", "null", "~", ".inf", "0x1F", "1:30", "<<"])
def test_every_scalar_is_a_text(text):
    assert plain(read_yaml(f"slug: {text}")) == {"slug": text}


def test_nothing_is_an_empty_text():
    assert plain(read_yaml("slug:")) == {"slug": ""}


def test_lines_are_those_of_the_file():
    root = read_yaml("# note\na: x\nb:\n- c: d\n\n- c: |\n    e\n")
    assert root.line == 2
    assert [root.value["a"].line, root.value["b"].line] == [2, 4]
    assert [item.line for item in root.value["b"].value] == [4, 6]
    assert root.value["b"].value[1].value["c"].line == 6


def test_json_is_yaml():
    assert plain(read_yaml('{"version": 1, "segments": [{"rule": "a \\"b\\" \\u00e9"}]}')) == {
        "version": "1",
        "segments": [{"rule": 'a "b" é'}],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the file is empty"),
        ("# a note\n", "line 1: the file is empty"),
        ("a: &x b\n", "line 1: anchors and aliases are refused"),
        ("a: b\nc: *x\n", "line 2: anchors and aliases are refused"),
        ("a: &x [b]\n", "line 1: anchors and aliases are refused"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "line 1: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is refused",
        ),
        ("a: !!binary aGk=\n", "line 1: the tag 'tag:yaml.org,2002:binary' is refused"),
        ("a: !mine b\n", "line 1: the tag '!mine' is refused"),
        ("a: ! b\n", "line 1: the tag '!' is refused"),
        ("a: b\nc: d\na: e\n", "line 3: the key 'a' stands here twice"),
        ('a: b\nc: "\\0"\n', "line 2: this text holds characters that no database keeps"),
        ('a: b\n"\\ud83d\\ude00": c\n', "line 2: this text holds characters that no database keeps"),
        ("a: b\n? [c]\n: d\n", "line 2: a key must be a text"),
        ("a: b\n---\nc: d\n", "line 2: one document is enough"),
        ("[" * (MAX_DEPTH + 1), f"line 1: this is nested deeper than {MAX_DEPTH}"),
        ("a: b\n" + "- " * 20, "line 2: this is no YAML: "),
        ("a: b\n\tc: d\n", "line 2: this is no YAML: found character '\\t' that cannot start any token"),
        ("a: 'b\n", "line 2: this is no YAML: found unexpected end of stream"),
        ("a: b\nc: d\x07\n", "line 2: this is no YAML: special characters are not allowed"),
    ],
)
def test_what_is_refused(text, message):
    assert refused(text).startswith(message)


def test_a_bomb_of_aliases_does_not_go_off():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert refused("\n".join(lines)) == "line 1: anchors and aliases are refused"


def test_a_hundred_thousand_brackets_cost_nothing():
    assert refused("[" * 100_000) == f"line 1: this is nested deeper than {MAX_DEPTH}"


def test_what_a_message_repeats_is_quoted_and_short():
    said = refused('"\\e[31m{}": 1\n"\\e[31m{}": 2\n'.format("x" * 500, "x" * 500))
    assert said == "line 2: the key '\\x1b[31m" + "x" * 55 + "…' stands here twice"
