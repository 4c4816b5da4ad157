"""What the slots of a page mean for caches, said on its response. Serves sync and async shops."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from personalization.content.caching import PageSlots, finish, page_slots
from personalization.content.published import published, publisher

Handler = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class SlotMiddleware:
    """Stands after Django's UpdateCacheMiddleware and before its FetchFromCacheMiddleware, where a shop has these."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)
            self.process_view = self._aprocess_view  # type: ignore[method-assign,assignment]  # Django calls a sync one in a thread

    def __call__(self, request: HttpRequest) -> Any:
        if self.is_async:
            return self.__acall__(request)
        request.regulars_page = PageSlots(request)  # type: ignore[attr-defined]
        response = cast(HttpResponseBase, self.get_response(request))
        finish(request, response)
        return response

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        request.regulars_page = PageSlots(request)  # type: ignore[attr-defined]
        if not publisher.is_warm:  # a template that an async view renders must not ask the database
            await sync_to_async(published)()
        response = await cast("Awaitable[HttpResponseBase]", self.get_response(request))
        finish(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Notes whether the site's cache will keep the page, before a cache of this view alone says the same of itself."""
        page = page_slots(request)
        if page is not None:
            page.see_site_cache(request)

    async def _aprocess_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        self.__class__.process_view(self, request, view, args, kwargs)
