"""The front API: what a headless storefront asks for whoever looks at it."""
