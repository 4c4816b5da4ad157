"""Nobody asks so much that others wait: a bucket for each caller, and headers that say how much is left.

`RateLimit-Limit` is how much may be asked at once, `RateLimit-Remaining` how much of it is left, `RateLimit-Reset` in how many
seconds all of it will be there again; a 429 has `Retry-After`.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from django.utils import timezone
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from segmentation.conf import conf
from segmentation.rest.base.bucket import Bucket, Taken
from segmentation.rest.base.callers import is_among
from segmentation.rest.base.etags import WITHIN


def take(request: Request, view: Any) -> None:
    """Take what it costs from the caller's bucket. Raises Throttled (429) where there is not enough.

    `costs` of a view names its actions or methods that are dearer than 1.
    """
    if hasattr(request._request, WITHIN):
        return
    caller = view.payer(request)
    rate = conf.api_rates.get(caller.kind)
    if rate is None:
        return
    bucket = Bucket(f"api-{caller.kind}", *rate)
    taken = bucket.take(caller.name, _cost(request, view), timezone.now())
    request._request.__dict__[TAKEN] = (bucket, taken)
    if not taken.allowed:
        raise Throttled(taken.wait)


def tell(request: Any, response: Any) -> None:
    """Say in the answer what is left."""
    bucket, taken = getattr(getattr(request, "_request", request), TAKEN, (None, None))
    if isinstance(bucket, Bucket) and isinstance(taken, Taken):
        response["RateLimit-Limit"] = str(bucket.burst)
        response["RateLimit-Remaining"] = str(taken.remaining)
        response["RateLimit-Reset"] = str(ceil(taken.full_in))


TAKEN = "regulars_taken"


def _cost(request: Request, view: Any) -> float:
    for name, cost in view.costs.items():
        if is_among((name,), request, view):
            return float(cost)
    return 1.0
