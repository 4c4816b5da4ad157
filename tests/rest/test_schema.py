from __future__ import annotations

import json

from tests.project import openapi


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
