from __future__ import annotations

import pytest

from segmentation.rest.base.versions import CURRENT
from tests.sources.zoo.models import Keeper

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.rest.base.farm")]


def test_an_answer_says_its_version_and_is_kept_by_nobody(api) -> None:
    response = api.get("/keepers/")
    assert response.json() == {"next": None, "previous": None, "results": []}
    assert (response["API-Version"], response["Cache-Control"]) == (CURRENT, "private, no-cache")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert api.get("/keepers/", headers={"API-Version": "99"}).json()["type"] == "urn:regulars:problem:unknown-version"


def test_what_is_wrong_is_said_with_pointers(api) -> None:
    response = api.post("/keepers/", {"name": "", "badges": [{"label": "a", "price": "x"}], "pk": 1})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json() == {
        "type": "urn:regulars:problem:invalid",
        "title": "Bad request",
        "status": 400,
        "detail": "Something in it cannot be.",
        "errors": [
            {"pointer": "/name", "detail": "This field may not be blank.", "code": "blank"},
            {"pointer": "/badges/0/price", "detail": "A valid number is required.", "code": "invalid"},
            {"pointer": "/pk", "detail": "There is no such field.", "code": "unknown"},
        ],
    }


def test_errors_of_ours_and_faults_of_ours(api, caplog) -> None:
    response = api.post("/keepers/fail/", {"a": 1})
    assert (response.status_code, response.json()["detail"]) == (409, "it cannot be")
    api.raise_request_exception = False
    response = api.post("/keepers/fail/", {})
    assert (response.status_code, response.json()["type"]) == (500, "urn:regulars:problem:internal")
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in response.content.decode()


def test_filters_say_which_parameter_cannot_be(api) -> None:
    Keeper.objects.create(name="Ann")
    assert len(api.get("/keepers/?name=Ann").json()["results"]) == 1
    response = api.get("/keepers/?born_after=x")
    assert response.status_code == 400
    assert response.json()["errors"] == [{"parameter": "born_after", "detail": "Enter a number.", "code": "invalid"}]


def test_odd_cursors_and_keys_are_no_fault_of_ours(api) -> None:
    assert api.get("/keepers/?cursor=%FF").status_code == 400
    assert api.get("/keepers/none/").status_code == 404


def test_a_right_of_its_own(clerk, logged_in) -> None:
    assert logged_in(clerk()).post("/office/").status_code == 403
    assert logged_in(clerk("regulars_segmentation.view_email", email="b@shop.test")).post("/office/").status_code == 200


def test_what_is_changed_is_changed_as_a_whole_unless_in_pieces(api) -> None:
    ann = Keeper.objects.create(name="Ann")
    assert api.patch(f"/keepers/{ann.pk}/", {"name": "half"}).status_code == 409
    assert Keeper.objects.get().name == "Ann"
    assert api.post("/keepers/crowd/", {"names": ["Bea"], "status": 400}).status_code == 400
    assert Keeper.objects.count() == 2


def test_preflights_are_not_answered_by_us(api) -> None:
    response = api.options("/keepers/")
    assert (response.status_code, response["Allow"]) == (405, "GET, POST, HEAD")


def test_a_shops_own_api_is_another(api, settings) -> None:
    settings.REST_FRAMEWORK = {
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.BrowsableAPIRenderer"],
        "EXCEPTION_HANDLER": "rest_framework.views.exception_handler",
        "NON_FIELD_ERRORS_KEY": "__all__",
        "PAGE_SIZE": 1,
    }
    assert api.get("/keepers/").json()["results"] == []
    assert api.get("/desk/?format=html").json()["asked"] == {"format": "html"}
    assert api.post("/keepers/", b"[]").json()["errors"][0]["pointer"] == ""


def test_a_misspelled_filter_is_not_answered_with_everything(api) -> None:
    response = api.get("/keepers/?nam=Ann&page_size=2")
    assert [(each["parameter"], each["code"]) for each in response.json()["errors"]] == [("nam", "unknown")]
