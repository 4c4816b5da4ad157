"""What the slots of a page mean for caches, said on its response. Serves sync and async shops."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from personalization.content.caching import PageSlots, finish, page_slots
from personalization.content.published import published, publisher
from personalization.middleware.serving import Handler, Middleware


class SlotMiddleware(Middleware):
    """Stands after Django's UpdateCacheMiddleware and before its FetchFromCacheMiddleware, where a shop has these."""

    def __init__(self, get_response: Handler) -> None:
        super().__init__(get_response)
        if self.is_async:
            self.process_view = self._aprocess_view  # type: ignore[method-assign,assignment]  # Django calls a sync one in a thread

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """With what its slots mean for caches said on it."""
        request.regulars_page = PageSlots(request)  # type: ignore[attr-defined]
        response = self.rest(request)
        finish(request, response)
        return response

    async def arespond(self, request: HttpRequest) -> HttpResponseBase:
        """The same, in an async shop."""
        request.regulars_page = PageSlots(request)  # type: ignore[attr-defined]
        if not publisher.is_warm:  # a template that an async view renders must not ask the database
            await sync_to_async(published)()
        response = await self.arest(request)
        finish(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Notes whether the site's cache will keep the page, before a cache of this view alone says the same of itself."""
        page = page_slots(request)
        if page is not None:
            page.see_site_cache(request)

    async def _aprocess_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        self.__class__.process_view(self, request, view, args, kwargs)
