"""The content security policy that the demo sends with every page: nothing inline, nothing from elsewhere."""

from __future__ import annotations

STRICT = frozenset(
    {
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    }
)


def directives(policy: str | None) -> frozenset[str]:
    """What a policy says, in whatever order."""
    return frozenset((policy or "").split("; "))
