"""What the demo shows to whom: slots and their variants, made once by `manage.py demo`, the owner's from then on.

Words stand here in English; their translations are those of the shop's catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from personalization.models import Slot


@dataclass(frozen=True, kw_only=True)
class DemoVariant:
    """A content and its target; without a target it is the slot's default. `text` may hold tokens: {{ first_name }}.

    With `strategy` the content has `limit` recommended products too.
    """

    slug: str
    name: str
    heading: str = ""
    text: str = ""
    link: str = ""
    link_text: str = ""
    image: str = ""
    strategy: str = ""
    limit: int = 4
    priority: int = 0
    is_default: bool = False
    any_segments: tuple[str, ...] = ()
    no_segments: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()
    holidays: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoSlot:
    """A place on the shop's pages."""

    slug: str
    name: str
    kind: Slot.Kind
    mode: Slot.Mode
    size: Slot.Size
    variants: tuple[DemoVariant, ...]


@dataclass(frozen=True)
class DemoCoupon:
    """A code that some variant promises."""

    code: str
    percent: int
    min_total: Decimal = Decimal(0)


COUPONS = (DemoCoupon("WELCOME", 10), DemoCoupon("COMEBACK", 15, Decimal(20)), DemoCoupon("SURE", 5))


def _season(season: str, heading: str, text: str, link: str, link_text: str) -> DemoVariant:
    return DemoVariant(
        slug=season,
        name=season.capitalize(),
        heading=heading,
        text=text,
        link=link,
        link_text=link_text,
        image=f"/art/scene/{season}.svg",
        priority=10,
        seasons=(season,),
    )


HERO = DemoSlot(
    "home-hero",
    "The shop window",
    Slot.Kind.BANNER,
    Slot.Mode.INLINE,
    Slot.Size.NONE,
    (
        DemoVariant(
            slug="default",
            name="Everyone",
            heading=_("Presents for people you like"),
            text=_("Lanterns, teacups, bunting: small things that make a good day."),
            link="/products/?sort=new",
            link_text=_("See what is new"),
            image="/art/scene/welcome.svg",
            is_default=True,
        ),
        DemoVariant(
            slug="welcome",
            name="Never bought",
            heading=_("Good to see you"),
            text=_("Your first order comes with 10 percent off: the code is WELCOME."),
            link="/products/",
            link_text=_("Look around"),
            image="/art/scene/welcome.svg",
            priority=40,
            any_segments=("never-bought",),
        ),
        _season(
            "winter",
            _("Long evenings, little lights"),
            _("Lanterns, baubles and warm things: what makes the dark half of the year the cosy one."),
            "/category/lighting-candles/",
            _("Bring light home"),
        ),
        _season(
            "spring",
            _("Windows open, bunting up"),
            _("Fresh colours for the table, the garden and everybody who has a birthday now."),
            "/category/garden-outdoor/",
            _("Into the garden"),
        ),
        _season(
            "summer",
            _("Out on the grass"),
            _("Picnic blankets, lunch bags and lanterns for evenings that do not want to end."),
            "/category/bags-travel/",
            _("Pack a picnic"),
        ),
        _season(
            "autumn",
            _("Tea on, leaves down"),
            _("Teacups, tins and cake stands for the first fire of the year."),
            "/category/kitchen-dining/",
            _("Lay the table"),
        ),
        _season(
            "wet",
            _("Let it rain"),
            _("Umbrellas for out there, candles and teacups for in here."),
            "/search/?q=umbrella",
            _("Stay dry"),
        ),
        _season(
            "dry",
            _("Warm days, long tables"),
            _("Jugs, parasols and everything for a meal in the shade."),
            "/category/garden-outdoor/",
            _("Find some shade"),
        ),
    ),
)

DAYS_OF_GIFTS = (
    "australia-day",
    "diwali",
    "fathers-day",
    "grandfathers-day",
    "grandmothers-day",
    "lunar-new-year",
    "mid-autumn",
    "mothers-day",
    "saint-nicholas",
)

TOP_BAR = DemoSlot(
    "top-bar",
    "The line above everything",
    Slot.Kind.BAR,
    Slot.Mode.INLINE,
    Slot.Size.NONE,
    (
        DemoVariant(slug="default", name="Everyone", text=_("Free delivery in the United Kingdom from £40"), is_default=True),
        DemoVariant(
            slug="black-friday",
            name="Black Friday",
            text=_("Black Friday, quietly: fair prices all year"),
            priority=30,
            holidays=("black-friday",),
        ),
        DemoVariant(
            slug="christmas",
            name="Christmas",
            text=_("Christmas is near: order in time, and we wrap it for you"),
            link="/category/christmas/",
            link_text=_("Christmas things"),
            priority=30,
            holidays=("christmas",),
        ),
        DemoVariant(
            slug="valentines-day",
            name="Valentine's Day",
            text=_("Hearts, hearts, hearts: Valentine's Day is coming"),
            link="/search/?q=heart",
            link_text=_("All hearts"),
            priority=30,
            holidays=("valentines-day",),
        ),
        DemoVariant(
            slug="sales",
            name="Sales, where they are a custom",
            text=_("{{ holiday }}: small prices for small pleasures"),
            priority=28,
            holidays=("winter-sales", "singles-day", "boxing-day"),
        ),
        DemoVariant(
            slug="day-of-gifts",
            name="A day for presents, where they are",
            text=_("{{ holiday }} is near: a small present, wrapped and sent in time"),
            priority=25,
            holidays=DAYS_OF_GIFTS,
        ),
        DemoVariant(
            slug="europe",
            name="Europe",
            text=_("We deliver to {{ country }}: free from £90, in 4 to 7 days"),
            priority=20,
            countries=("FR", "PL", "DE", "IE", "ES", "IT", "NL", "BE", "AT", "CH", "PT", "SE", "DK", "FI", "NO", "CZ"),
        ),
        DemoVariant(
            slug="far-east",
            name="Taiwan, Hong Kong, China",
            text=_("We deliver to {{ country }}: free from £150, in 7 to 14 days"),
            priority=20,
            countries=("TW", "HK", "CN"),
        ),
    ),
)

HOME_BLOCK = DemoSlot(
    "home-block",
    "A word on the home page",
    Slot.Kind.BLOCK,
    Slot.Mode.INLINE,
    Slot.Size.NONE,
    (
        DemoVariant(
            slug="default",
            name="Everyone",
            heading=_("Not sure what to give?"),
            text=_("Begin with the small gifts: nobody ever minded a lantern."),
            link="/products/?price=under-2",
            link_text=_("Small gifts"),
            is_default=True,
        ),
        DemoVariant(
            slug="birthday",
            name="Birthday soon",
            heading=_("Happy birthday, {{ first_name | default: 'you' }}"),
            text=_("A cake we cannot send. Everything to put it on, we can."),
            link="/search/?q=cakestand",
            link_text=_("Cake stands"),
            priority=40,
            any_segments=("birthday-soon",),
        ),
        DemoVariant(
            slug="vip",
            name="Our best customers",
            heading=_("Thank you, {{ first_name | default: 'you' }}"),
            text=_("You are one of our best customers. New things are yours to see first."),
            link="/products/?sort=new",
            link_text=_("See them first"),
            priority=30,
            any_segments=("vip",),
        ),
        DemoVariant(
            slug="missed",
            name="Gone for a while",
            heading=_("We have missed you, {{ first_name | default: 'you' }}"),
            text=_("Come back with 15 percent off orders from £20: the code is COMEBACK."),
            link="/products/?sort=new",
            link_text=_("See what is new"),
            # Something became cheaper since they were here last.
            strategy="price_drop",
            limit=3,
            priority=20,
            any_segments=("lapsed", "dormant", "gone-quiet"),
        ),
        DemoVariant(
            slug="for-women",
            name="Women, by their own word",
            heading=_("Picked by the women of our shop"),
            text=_("Necklaces, purses and teacups that our colleagues took home themselves."),
            link="/category/jewellery-accessories/",
            link_text=_("Jewellery and accessories"),
            priority=10,
            any_segments=("said-women",),
        ),
        DemoVariant(
            slug="for-men",
            name="Men, by their own word",
            heading=_("Picked by the men of our shop"),
            text=_("Clocks, tin signs and tools that our colleagues took home themselves."),
            link="/category/pictures-mirrors-clocks/",
            link_text=_("Signs and clocks"),
            priority=10,
            any_segments=("said-men",),
        ),
    ),
)

NEWSLETTER = DemoSlot(
    "newsletter",
    "The newsletter",
    Slot.Kind.BLOCK,
    Slot.Mode.INLINE,
    Slot.Size.NONE,
    (
        DemoVariant(
            slug="default",
            name="Whoever does not get it",
            heading=_("A letter a month"),
            text=_("New things, small offers, and no more than that."),
            link="/account/",
            link_text=_("Get the newsletter"),
            is_default=True,
        ),
        DemoVariant(
            slug="subscribed",
            name="Whoever gets it",
            heading=_("You get our letters"),
            text=_("The next one comes within the month. Thank you for reading."),
            priority=10,
            any_segments=("subscribers",),
        ),
    ),
)

PRODUCT_PAGE = DemoSlot(
    "product-page",
    "The product page",
    Slot.Kind.PAGE,
    Slot.Mode.INLINE,
    Slot.Size.NONE,
    (
        DemoVariant(slug="default", name="Everyone", heading=_("Everyone"), is_default=True),
        DemoVariant(
            slug="indecisive",
            name="Indecisive",
            heading=_("Indecisive"),
            priority=10,
            any_segments=("indecisive-prospects", "browse-abandoners"),
        ),
    ),
)

CART = DemoSlot(
    "cart-block",
    "Beside the cart",
    Slot.Kind.BLOCK,
    Slot.Mode.INLINE,
    Slot.Size.NONE,
    (
        DemoVariant(
            slug="default",
            name="Everyone",
            text=_("Wrapped as a present? Write it with your address; it costs nothing."),
            is_default=True,
        ),
        DemoVariant(
            slug="first",
            name="Never bought",
            text=_("Your first order? The code WELCOME takes 10 percent off."),
            priority=10,
            any_segments=("never-bought",),
        ),
    ),
)

POPUP = DemoSlot(
    "popup",
    "A pop-up, once a week",
    Slot.Kind.POPUP,
    Slot.Mode.FRAGMENT,
    Slot.Size.NONE,
    (
        DemoVariant(
            slug="waiting",
            name="Left a cart behind",
            heading=_("Something is waiting for you"),
            text=_("What you chose is still in your cart."),
            link="/cart/",
            link_text=_("To your cart"),
            priority=10,
            any_segments=("abandoned-basket",),
        ),
    ),
)

SLOTS = (HERO, TOP_BAR, HOME_BLOCK, NEWSLETTER, PRODUCT_PAGE, CART, POPUP)
