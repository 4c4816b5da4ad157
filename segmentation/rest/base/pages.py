"""Lists come a page at a time, by a cursor: rows that are added or go meanwhile make nobody see one twice or miss one."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    """`?cursor=…&page_size=…`: {next, previous, results}, the first two whole addresses or null.

    A view says by what its rows come with `ordering`, whose last column is unique and none of which is NULL.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
