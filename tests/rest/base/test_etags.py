from __future__ import annotations

import pytest

from tests.sources.zoo.models import Keeper

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.rest.base.farm")]


@pytest.fixture
def ann(db: None) -> Keeper:
    return Keeper.objects.create(name="Ann")


def at(keeper: Keeper) -> str:
    return f"/keepers/{keeper.pk}/"


def test_the_same_bytes_have_the_same_tag(api, ann) -> None:
    tag = api.get(at(ann))["ETag"]
    assert tag == api.get(at(ann))["ETag"]
    assert (tag[0], len(tag)) == ('"', 34)
    assert api.head(at(ann))["ETag"] == tag
    Keeper.objects.update(name="Anna")
    assert api.get(at(ann))["ETag"] != tag


def test_what_did_not_change_is_not_sent_again(api, ann) -> None:
    first = api.get(at(ann))
    second = api.get(at(ann), headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
    assert (second.status_code, second.content) == (304, b"")
    names = ("ETag", "Vary", "Cache-Control", "API-Version")
    assert [second[name] for name in names] == [first[name] for name in names]
    assert api.get(at(ann), headers={"If-None-Match": '"other"'}).status_code == 200
    assert api.get(at(ann), headers={"If-None-Match": "*"}).status_code == 304


def test_pages_have_tags_too(api) -> None:
    Keeper.objects.bulk_create([Keeper(name=name) for name in "abc"])
    tag = api.get("/keepers/?page_size=2")["ETag"]
    assert api.get("/keepers/?page_size=2", headers={"If-None-Match": tag}).status_code == 304


def test_problems_and_what_was_changed_have_none(api, ann) -> None:
    assert "ETag" not in api.get("/keepers/none/")
    assert "ETag" not in api.patch(at(ann), {"name": "Anna"})


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_changed_meanwhile_is_not_overwritten(api, ann, method) -> None:
    tag = api.get(at(ann))["ETag"]
    Keeper.objects.update(name="Anna")
    response = getattr(api, method)(at(ann), {"name": "Anne"}, headers={"If-Match": tag})
    assert (response.status_code, response.json()["type"]) == (412, "urn:regulars:problem:changed-meanwhile")
    assert Keeper.objects.get().name == "Anna"


@pytest.mark.parametrize("written", ["{}", "W/{}", '"other", {}', "*"])
def test_what_did_not_is_changed(api, ann, written) -> None:
    tag = api.get(at(ann))["ETag"]
    response = api.patch(at(ann), {"name": "Anne"}, headers={"If-Match": written.format(tag)})
    assert (response.status_code, Keeper.objects.get().name) == (200, "Anne")
    assert api.delete(at(ann), headers={"If-Match": api.get(at(ann))["ETag"]}).status_code == 204


def test_the_tag_is_of_what_this_caller_would_see(ann, clerk, logged_in, bearer) -> None:
    reader = clerk("zoo.view_keeper", "zoo.change_keeper")
    blind = clerk("zoo.change_keeper", email="b@shop.test")
    tag = bearer(reader).get(at(ann))["ETag"]
    assert bearer(reader).patch(at(ann), {"name": "A"}, headers={"If-Match": tag}).status_code == 200
    assert logged_in(blind).patch(at(ann), {"name": "B"}, headers={"If-Match": "*"}).status_code == 412


def test_what_is_not_there_or_has_no_state_cannot_match(api, ann) -> None:
    assert api.patch("/keepers/2f5b3a3e-0000-4000-8000-000000000000/", {}, headers={"If-Match": "*"}).status_code == 404
    assert api.patch(at(ann), {"name": "A"}, headers={"If-Match": '"a", broken'}).status_code == 412
