"""REST: what a headless storefront asks for its visitor, and content and recommendations for staff. Needs the extra `api`."""
