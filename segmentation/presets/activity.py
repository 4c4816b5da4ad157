"""By what somebody does on the storefront."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from segmentation.presets.parameters import days
from segmentation.presets.preset import Parameter, Preset

_VISITS = _("visits")


def _channel(slug: str, name: Promise, channel: str, purpose: Promise, action: Promise) -> Preset:
    """Those who come by one channel, time and again."""
    return Preset(
        slug,
        name,
        'events.count(where kind = "visit" and channel = {channel}, last {days} days) >= {visits}',
        purpose,
        action,
        (Parameter("channel", channel, _("channel"), is_text=True), days(90), Parameter("visits", "3", _VISITS)),
    )


PRESETS = (
    Preset(
        "browse-abandoners",
        _("Browse abandoners"),
        'events.count(where kind = "view", last {days} days) >= {views}'
        ' and events.count(where kind = "add_to_cart", last {days} days) = 0 and orders.count(last {days} days) = 0',
        _("People who looked at several products and put none in the cart."),
        _("Show again what they looked at, with what others chose instead."),
        (days(7), Parameter("views", "3", _("products looked at"))),
    ),
    Preset(
        "curious-prospects",
        _("Curious prospects"),
        'orders.count() = 0 and events.count(where kind = "visit", last {days} days) >= 1',
        _("People who visited lately and never bought."),
        _("Tell what the shop stands for; ask for nothing yet."),
        (days(30),),
    ),
    Preset(
        "indecisive-prospects",
        _("Indecisive prospects"),
        'orders.count() = 0 and (events.count(where kind = "visit", last {days} days) >= {visits}'
        ' or events.count(where kind = "add_to_cart", last {days} days) >= {adds})',
        _("People who keep coming back, or keep filling a cart, and never bought."),
        _("Answer what holds them back: returns, delivery, sizes; then one small offer."),
        (days(30), Parameter("visits", "3", _VISITS), Parameter("adds", "2", _("times something was put in the cart"))),
    ),
    Preset(
        "all-prospects",
        _("All prospects"),
        "orders.count() = 0 and events.count() >= 1",
        _("Everybody who was seen on the storefront and never bought."),
        _("Address them as newcomers, not as customers."),
    ),
    Preset(
        "mobile-shoppers",
        _("Mobile shoppers"),
        'events.share(where device = "phone", last {days} days) >= {share}',
        _("People who mostly come with a phone."),
        _("Keep mails short and pictures upright; test the checkout with one thumb."),
        (days(90), Parameter("share", "0.8", _("part of what they do, 0 to 1"))),
    ),
    _channel(
        "email-lovers",
        _("E-mail lovers"),
        "email",
        _("People who come by the links in your mails."),
        _("Write to them first; leave them out of paid campaigns."),
    ),
    _channel(
        "search-lovers",
        _("Search lovers"),
        "search",
        _("People who come by a search engine."),
        _("Greet them with what they looked for, and give them a reason to come back by themselves."),
    ),
    _channel(
        "social-lovers",
        _("Social media lovers"),
        "social",
        _("People who come by social media."),
        _("Show what others made of your products, and invite them to show theirs."),
    ),
    Preset(
        "engagement-high",
        _("Very engaged"),
        "events.count(last {days} days) >= {events}",
        _("People who do a great deal on the storefront these days."),
        _("Ask for an opinion or a recommendation while they are keen."),
        (days(30), Parameter("events", "20", _("things done"))),
    ),
    Preset(
        "engagement-fading",
        _("Engagement fades"),
        'events.count(where kind = "visit", last {days} days) >= {visits}'
        ' and events.count(where kind = "visit", last {quiet} days) = 0',
        _("People who used to come by and have not for a while."),
        _("Remind them before they are gone: what is new since their last visit."),
        (days(90), Parameter("visits", "3", _VISITS), Parameter("quiet", "30", _("days without a visit"))),
    ),
)
