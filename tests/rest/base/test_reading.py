from __future__ import annotations

import pytest

from segmentation.rest.base.problems import Failed
from segmentation.rest.base.reading import DEEPEST, parsed

pytestmark = pytest.mark.urls("tests.rest.base.farm")


def refused(raw: bytes) -> tuple[str, list[tuple[str, str]]]:
    with pytest.raises(Failed) as caught:
        parsed(raw)
    assert caught.value.status_code == 400
    return str(caught.value.get_codes()), [(fault.pointer, fault.code) for fault in caught.value.faults]


def test_json_is_read() -> None:
    assert parsed('{"a": [1, 2.5, null, true, "ż"]}'.encode()) == {"a": [1, 2.5, None, True, "ż"]}
    assert parsed(b"-9223372036854775808") == -(2**63)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'"\xff"',
        b"\xff\xfe1\x00",
        b"\xef\xbb\xbf{}",
        b"NaN",
        b"[-Infinity]",
        b"1" * 5000,
        b"[" * 100_000,
        b'{"a": 1, "a": 1}',
        b'"a\nb"',
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_what_is_no_json_is_malformed(raw: bytes) -> None:
    assert refused(raw) == ("malformed", [])


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        (b'{"a": ["x", "\\u0000"]}', [("/a/1", "nul")]),
        (b'{"a/b~": "\\ud800"}', [("/a~1b~0", "surrogate")]),
        (b'{"\\u0000": 1}', [("", "nul")]),
        (b'{"\\udfff": "\\u0000"}', [("", "surrogate"), ("/?", "nul")]),
        (b'[1, {"n": 9223372036854775808}, 1e400]', [("/1/n", "too-large"), ("/2", "too-large")]),
    ],
)
def test_what_no_database_could_keep_is_refused_where_it_stands(raw: bytes, faults: list[tuple[str, str]]) -> None:
    assert refused(raw) == ("invalid", faults)


def test_what_is_too_deep_is_refused() -> None:
    assert parsed(b"[" * DEEPEST + b"]" * DEEPEST)
    code, faults = refused(b"[" * 500 + b"]" * 500)
    assert (code, faults) == ("invalid", [("/0" * DEEPEST, "too-deep")])


def test_whole_characters_of_two_halves_are_no_fault() -> None:
    assert parsed(b'"\\ud83d\\ude00"') == "😀"


def test_so_many_faults_are_told_at_most() -> None:
    assert len(refused(b"[" + b",".join([b'"\\u0000"'] * 50) + b"]")[1]) == 20


def test_a_body_is_no_larger_than_the_view_says(anybody) -> None:
    assert anybody.post("/desk/", b'"' + b"x" * 998 + b'"').status_code == 200
    response = anybody.post("/desk/", b'"' + b"x" * 999 + b'"')
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")
    assert response.json()["type"] == "urn:regulars:problem:too-large"


def test_a_body_of_unknown_length_is_refused(anybody) -> None:
    response = anybody.post("/desk/", b"{}", headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")
    assert (response.status_code, response.json()["type"]) == (411, "urn:regulars:problem:length-required")


def test_other_kinds_of_bodies_are_refused(anybody) -> None:
    assert anybody.post("/desk/", b"a=1", content_type="application/x-www-form-urlencoded").status_code == 415
    assert anybody.post("/desk/", b"a=1", content_type="multipart/form-data; boundary=x").status_code == 415


def test_a_query_with_nul_is_refused_by_name(anybody) -> None:
    response = anybody.get("/desk/?a=1&b=x%00y")
    assert response.status_code == 400
    assert response.json()["errors"] == [{"parameter": "b", "detail": "It has a NUL character.", "code": "nul"}]
    assert anybody.get("/desk/?a=%ED%A0%80").json()["asked"] == {"a": "���"}


def test_a_path_with_nul_leads_nowhere(anybody) -> None:
    assert anybody.get("/desk/a%00b/").status_code == 404
    assert anybody.get("/desk/a%20b/").json()["name"] == "a b"


def test_more_parameters_than_django_takes_are_a_problem_of_theirs(anybody) -> None:
    assert anybody.get("/desk/?" + "&".join(f"a{number}=1" for number in range(1001))).status_code == 400
