"""HTML that an owner wrote, without whatever could run or pose as the shop's own controls."""

from __future__ import annotations

from personalization.errors import MissingExtra

TAGS = frozenset(
    """
    a abbr b blockquote br caption cite code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p
    picture pre q s samp small source span strong sub sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()  # noqa: SIM905  as the standard lists them
)

EVERYWHERE = frozenset({"class", "lang", "dir", "title", "aria-label", "data-rg-place"})
"""No id, which would shadow the page's own, and no style, which a strict policy refuses. Clicks are told by places."""

ATTRIBUTES = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "srcset", "sizes", "alt", "width", "height", "loading"}),
    "source": frozenset({"srcset", "media", "type", "sizes"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "ol": frozenset({"start", "type"}),
}

SCHEMES = {"http", "https", "mailto", "tel"}

_TAGS = set(TAGS)
_ALLOWED = {tag: set(EVERYWHERE | ATTRIBUTES.get(tag, frozenset())) for tag in TAGS}
"""As the library takes them."""


def sanitise(html: str) -> str:
    """The same HTML with what is allowed alone. Raises MissingExtra."""
    try:
        import nh3  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("Liquid templates need nh3: pip install django-regulars[content]") from error
    return nh3.clean(html, tags=_TAGS, attributes=_ALLOWED, url_schemes=SCHEMES, link_rel=None)
