from __future__ import annotations

import json
import re
from typing import Any

from segmentation.rest.base.answers import EXAMPLES
from tests.project import openapi

DOCUMENT = json.loads(openapi.PATH.read_text())


def test_what_is_checked_in_is_what_the_code_says() -> None:
    assert openapi.PATH.read_text() == openapi.text(), "run: python -m tests.project.openapi"


def test_it_is_served_to_anybody(anybody) -> None:
    response = anybody.get("/api/schema/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response.json() == json.loads(openapi.text())
    assert response.json()["openapi"] == "3.1.0"


def test_it_is_about_our_views_alone(anybody) -> None:
    assert {path.split("/")[1] for path in anybody.get("/api/schema/").json()["paths"]} == {"api"}


def test_what_is_said_of_one_text_is_said_of_no_other() -> None:
    said = openapi.text()
    assert said.count('"const": "activity"') == 1
    assert '"slug": {\n      "type": "string"' in said


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) of each."""
    return [(path, method, said) for path, item in DOCUMENT["paths"].items() for method, said in item.items()]


def at(reference: str) -> Any:
    """What a reference leads to."""
    found: Any = DOCUMENT
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def test_every_operation_says_what_it_is() -> None:
    names = [said["operationId"] for _path, _method, said in operations()]
    assert len(names) == len(set(names))
    missing = [
        (said["operationId"], name)
        for _path, _method, said in operations()
        for name in ("summary", "description", "tags")
        if not said.get(name)
    ]
    assert missing == []
    known = {tag["name"] for tag in DOCUMENT["tags"]}
    assert {tag for _path, _method, said in operations() for tag in said["tags"]} == known


def test_every_operation_has_examples_of_what_is_sent_and_answered() -> None:
    missing = []
    for _path, _method, said in operations():
        bodies = {status: answer.get("content", {}) for status, answer in said["responses"].items() if status < "300"}
        if "requestBody" in said:
            bodies["request"] = said["requestBody"]["content"]
        missing += [
            (said["operationId"], name)
            for name, body in bodies.items()
            if body and not any("example" in kind or "examples" in kind for kind in body.values())
        ]
    assert missing == []


def test_every_operation_names_its_problems() -> None:
    for path, method, said in operations():
        wanted = {"400", "406", "429"}
        wanted |= {"401", "403", "503"} if path != "/api/schema/" else set()
        wanted |= {"404"} if "{" in path else set()
        wanted |= {"304"} if method == "get" else {"409"}
        wanted |= {"412"} if method in ("put", "patch", "delete") else set()
        wanted |= {"411", "413", "415"} if method in ("post", "put", "patch") else set()
        wanted |= {"422"} if method == "post" else set()
        assert wanted <= set(said["responses"]), said["operationId"]
        assert all(answer.get("description") or "$ref" in answer for answer in said["responses"].values()), said["operationId"]


def test_every_operation_says_who_may_ask() -> None:
    assert set(DOCUMENT["components"]["securitySchemes"]) == {"session", "token", "visitor"}
    assert [said["operationId"] for _path, _method, said in operations() if not said.get("security")] == []
    assert [said["operationId"] for _path, _method, said in operations() if said["security"] == [{}]] == ["schema"]


def test_references_lead_somewhere_and_problems_are_those_of_the_docs() -> None:
    for reference in set(re.findall(r'"\$ref": "([^"]+)"', openapi.text())):
        assert at(reference), reference
    told = set(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", (openapi.PATH.parent / "rest.md").read_text(), re.MULTILINE))
    assert {(code, str(status)) for status, (code, _words, _rest) in EXAMPLES.items()} <= told
