"""REST: what a headless storefront asks for its visitor, and content and recommendations for staff. Needs the extra `api`."""

from __future__ import annotations

from segmentation.rest.base import extra as extra  # nothing here can be imported without it
