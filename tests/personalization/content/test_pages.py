from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from personalization.content import pages, published
from personalization.content.caching import HEADER
from personalization.content.keys import COOKIE, key_for
from personalization.content.snapshot import Published, SlotSnapshot
from personalization.errors import CacheLeak
from tests.personalization.content.making import NOW, default, slot_of, somebody, variant, words
from tests.personalization.content.visiting import MIDDLEWARE

SITE_CACHE = ["django.middleware.cache.UpdateCacheMiddleware", *MIDDLEWARE, "django.middleware.cache.FetchFromCacheMiddleware"]


@pytest.fixture(autouse=True)
def shop(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.personalization.content.urls"
    settings.MIDDLEWARE = MIDDLEWARE


@pytest.fixture
def strict(personalise: Any) -> None:
    personalise(STRICT_CACHE=True)


@pytest.fixture
def lax(personalise: Any) -> None:
    personalise(STRICT_CACHE=False)


@pytest.fixture(autouse=True)
def slots(monkeypatch: pytest.MonkeyPatch) -> Published:
    """A slot in each mode, with a variant for members of "vip"; a pop-up; a page variant in two modes."""

    def slot(number: int, slug: str, **fields: Any) -> SlotSnapshot:
        vip = variant(number, content=words("Secret of {{ first_name }}"), any_segments=["vip"])
        return slot_of(vip, default(), slug=slug, id=number, **fields)

    keyed = slot_of(variant(2, content=words("Keyed"), any_segments=["vip"]), default(), slug="keyed", id=2, mode="variant")
    made = (
        slot(1, "fragment", size="l"),
        keyed,
        slot(3, "inline", mode="inline"),
        slot(4, "popup", kind="popup", mode="fragment", size="l"),
    )
    live = Published({each.slug: each for each in made})
    for module in (pages, published):
        monkeypatch.setattr(module, "published", lambda: live)
    monkeypatch.setattr("personalization.views.slots.published", lambda: live)
    return live


def get(address: str, who: str = "", key: str = "", **headers: str) -> Any:
    client = Client(headers=headers)
    if who:
        client.cookies["who"] = who
    if key:
        client.cookies[COOKIE] = key
    return client.get(address)


def text(*args: Any, **kwargs: Any) -> str:
    return get(*args, **kwargs).content.decode()


@pytest.fixture
def vip_key(slots: Published) -> str:
    return key_for(slots, somebody(segments=frozenset({"vip"})), NOW)


def test_a_fragment_is_the_default_in_a_place_of_its_height() -> None:
    for who in ("", "vip"):
        html = text("/public/fragment/", who=who)
        assert '<div class="rg-slot rg-size-l" data-rg-slot="fragment"><section' in html
        assert "For all" in html
        assert "Secret" not in html
    assert get("/public/fragment/", who="vip")["Cache-Control"] == "public, max-age=60"


def test_inline_is_the_visitors_own_and_private(strict: None) -> None:
    response = get("/page/inline/", who="vip")
    assert "Secret of vip" in response.content.decode()
    assert response["Cache-Control"] == "private"
    assert "For all" in text("/page/inline/", who="somebody")


def test_a_key_shows_its_variant_and_the_page_varies(vip_key: str, strict: None) -> None:
    response = get("/public/keyed/", key=vip_key)
    assert "Keyed" in response.content.decode()
    assert response["Vary"] == HEADER
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Keyed" in text("/public/keyed/", **{HEADER: vip_key})
    assert "For all" in text("/public/keyed/", who="vip")  # the key counts, not who looks


@pytest.mark.parametrize("forged", ["2", "2~", "2~" + "A" * 43, "9" * 5000, "2.3~x", "<script>", "2~é"])
def test_a_forged_key_gets_the_default_and_is_not_cached(forged: str, vip_key: str) -> None:
    for sent in ({"key": forged}, {HEADER: forged}):
        response = get("/public/keyed/", **sent)
        assert "Keyed" not in response.content.decode()
        assert "For all" in response.content.decode()
        assert response["Cache-Control"] == "max-age=60, private, no-store"


def test_a_key_of_another_variant_cannot_be_made_of_a_good_one(vip_key: str) -> None:
    assert "Keyed" not in text("/public/keyed/", key="3" + vip_key[1:])
    assert "Keyed" not in text("/public/keyed/", key=vip_key[:-1] + ("A" if vip_key[-1] != "A" else "B"))


@pytest.mark.parametrize("address", ["/public/inline/", "/shared/inline/", "/cached/inline/"])
def test_inline_on_a_page_for_everyone_raises_where_asked_to(address: str, strict: None) -> None:
    with pytest.raises(CacheLeak, match="inline"):
        get(address, who="vip")


@pytest.mark.parametrize("address", ["/public/inline/", "/shared/inline/"])
def test_else_it_is_the_default_and_private(address: str, lax: None, caplog: pytest.LogCaptureFixture) -> None:
    response = get(address, who="vip")
    assert "Secret" not in response.content.decode()
    assert "For all" in response.content.decode()
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert "the default is shown" in caplog.text


def test_under_cache_page_the_default_is_kept_for_everyone(lax: None) -> None:
    first = text("/cached/inline/", who="vip")
    assert "For all" in first
    assert "Secret" not in first
    assert text("/cached/inline/", who="other") == first


@pytest.mark.parametrize("address", ["/private/inline/", "/own/inline/"])
def test_a_page_that_says_it_is_private_may_have_inline_slots(address: str, strict: None) -> None:
    for who, seen in (("vip", "Secret of vip"), ("other", "For all"), ("vip", "Secret of vip")):
        response = get(address, who=who)
        assert seen in response.content.decode()
        assert "private" in response["Cache-Control"]


def test_djangos_site_cache_is_no_leak(settings: Any, strict: None, vip_key: str) -> None:
    settings.MIDDLEWARE = SITE_CACHE
    with pytest.raises(CacheLeak):
        get("/page/inline/", who="vip")
    assert "Secret of vip" in text("/own/inline/", who="vip")
    assert "For all" in text("/own/inline/", who="other")
    for _ in range(2):
        assert "Keyed" in text("/page/keyed/", key=vip_key)
        assert "For all" in text("/page/keyed/")
        assert "For all" in text("/page/keyed/", key="2~forged")
        assert "For all" in text("/page/keyed/", **{HEADER: "2~forged"})


def test_keys_under_cache_page_need_the_decorator(vip_key: str, strict: None) -> None:
    with pytest.raises(CacheLeak, match="vary_on_variant"):
        get("/cached/keyed/", key=vip_key)
    for _ in range(2):
        assert "Keyed" in text("/varied/keyed/", key=vip_key)
        assert "For all" in text("/varied/keyed/")


def test_keys_under_cache_page_without_it_are_the_default(vip_key: str, lax: None) -> None:
    assert "For all" in text("/cached/keyed/", key=vip_key)


@pytest.mark.parametrize("slug", ["inline", "keyed"])
def test_without_the_middleware_there_is_only_the_default(settings: Any, personalise: Any, slug: str, vip_key: str) -> None:
    settings.MIDDLEWARE = MIDDLEWARE[:1]
    personalise(STRICT_CACHE=False)
    assert "For all" in text(f"/page/{slug}/", who="vip", key=vip_key)
    personalise(STRICT_CACHE=True)
    with pytest.raises(CacheLeak, match="MIDDLEWARE"):
        get(f"/page/{slug}/", who="vip")


def test_an_unknown_slot_is_nothing_and_a_comment_for_developers(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    html = text("/page/nowhere/")
    assert 'class="rg-slot' not in html
    assert "no active slot is called nowhere" in caplog.text
    settings.DEBUG = True
    assert "<!-- no slot is called a- -&gt;b -->" in text("/page/a-->b/")


@pytest.mark.parametrize("slug", ["fragment", "keyed", "inline"])
def test_whatever_fails_leaves_the_default(
    slug: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, vip_key: str
) -> None:
    def fail(*args: Any) -> Any:
        raise OSError("no disk")

    monkeypatch.setattr(pages, "choose", fail)
    monkeypatch.setattr(pages, "choose_keyed", fail)
    response = get(f"/page/{slug}/", who="vip", key=vip_key)
    assert response.status_code == 200
    assert "For all" in response.content.decode()
    assert ("cannot be shown" in caplog.text) is (slug != "fragment")


def test_a_default_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> Any:
        raise OSError("no disk")

    monkeypatch.setattr(pages, "render", fail)
    html = text("/page/fragment,keyed,inline/", who="vip")
    assert "For all" not in html
    assert "The end" in html


def test_a_template_without_a_request_shows_what_everyone_may_see() -> None:
    template = Template("{% load personalization %}{% slot 'inline' %}")
    assert "For all" in template.render(Context())


def test_no_popup_on_a_quiet_page(personalise: Any) -> None:
    assert "<dialog" in text("/page/popup/")
    assert 'class="rg-slot rg-size-none" data-rg-slot="popup"' in text("/page/popup/")
    assert "popup" not in text("/checkout/popup/").replace("popups.js", "")
    personalise(QUIET_PATHS=["/page/"])
    assert "<dialog" in text("/checkout/popup/")
    assert "<dialog" not in text("/page/popup/")


def look(slots: Published, mode: str) -> None:
    vip = variant(5, any_segments=["vip"])
    slots.slots["look"] = slot_of(vip, default(), slug="look", id=5, kind="page", mode=mode)  # type: ignore[index]


@pytest.mark.parametrize(
    ("mode", "who", "keyed", "expected"),
    [
        ("inline", "vip", False, "v5"),
        ("inline", "other", False, "default"),
        ("variant", "", True, "v5"),
        ("variant", "vip", False, "default"),
        ("fragment", "vip", True, "default"),
    ],
)
def test_a_whole_page_takes_on_a_variant(slots: Published, mode: str, who: str, keyed: bool, expected: str, strict: None) -> None:
    look(slots, mode)
    key = key_for(slots, somebody(segments=frozenset({"vip"})), NOW) if keyed else ""
    response = get("/page/fragment/", who=who, key=key)
    assert f'data-look="{expected}"' in response.content.decode()
    assert response.get("Cache-Control", "") == ("private" if mode == "inline" else "")


def test_a_whole_page_that_is_for_everyone_stays_the_default(slots: Published, lax: None) -> None:
    look(slots, "inline")
    assert 'data-look="default"' in text("/cached/fragment/", who="vip")


def test_a_page_without_such_a_variant_has_no_name() -> None:
    assert 'data-look=""' in text("/page/fragment/")


def test_fragments_are_fetched_at_once_and_kept_by_nobody(vip_key: str) -> None:
    response = get("/personal/slots/?slot=fragment&slot=popup&slot=inline&slot=keyed&slot=nowhere", who="vip")
    assert set(response.json()["slots"]) == {"fragment", "popup"}
    assert "Secret of vip" in response.json()["slots"]["fragment"]
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]
    assert response.cookies[COOKIE].value == vip_key
    assert response.cookies[COOKIE]["httponly"]


def test_who_gets_the_default_fetches_nothing_and_loses_the_key(vip_key: str) -> None:
    response = get("/personal/slots/?slot=fragment", who="other", key=vip_key)
    assert response.json() == {"slots": {}}
    assert response.cookies[COOKIE].value == ""
    assert COOKIE not in get("/personal/slots/?slot=fragment", who="other").cookies


def test_one_fragment_is_html() -> None:
    assert "Secret of vip" in text("/personal/slots/fragment/", who="vip")
    response = get("/personal/slots/fragment/", who="other")
    assert "For all" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert get("/personal/slots/nowhere/").status_code == 404
    assert get("/personal/slots/inline/", who="vip").status_code == 404


def test_a_fragment_speaks_the_language_of_its_page(slots: Published) -> None:
    address = "/personal/slots/?slot=fragment"
    assert "Why do I see this?" in get(f"{address}&language=xx", who="vip").json()["slots"]["fragment"]
    assert "Why do I see this?" in get(f"{address}&language=", who="vip").json()["slots"]["fragment"]


def test_nothing_is_written() -> None:
    assert Client().post("/personal/slots/").status_code == 405


def test_the_middleware_serves_async_shops(vip_key: str) -> None:
    import asyncio

    from django.http import HttpRequest, HttpResponse

    from personalization.middleware import SlotMiddleware

    async def view(request: HttpRequest) -> HttpResponse:
        await middleware.process_view(request, None, (), {})  # type: ignore[func-returns-value]
        return HttpResponse(pages.slot_html(request, "keyed", NOW))

    middleware = SlotMiddleware(view)
    request = RequestFactory().get("/", headers={HEADER: vip_key})
    response = asyncio.run(middleware(request))
    assert b"Keyed" in response.content
    assert response["Vary"] == HEADER
