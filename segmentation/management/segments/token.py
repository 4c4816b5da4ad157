"""`segments token make|list|revoke`: keys of machines to the REST API."""

from __future__ import annotations

from argparse import SUPPRESS
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import USAGE
from segmentation.management.segments.table import table
from segmentation.models import ApiToken
from segmentation.rest.base.keys import issue, revoke, standing

HELP = "Makes, lists and revokes API tokens."
MOST_DAYS = 3_650


def add_arguments(parser: CommandParser) -> None:
    """Which of the three, and of whom."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="make|list|revoke")
    help_make = "Makes a token and prints its secret, this once."
    making = verbs.add_parser("make", help=help_make, description=help_make)
    making.add_argument("name", metavar="NAME", help="Which machine it is for.")
    making.add_argument("--user", required=True, metavar="LOGIN", help="By what the account logs in that it acts for.")
    making.add_argument("--write", action="store_true", help="It may change things too; without it, only read.")
    making.add_argument("--days", type=int, default=365, help="So many days it is good: 365 unless given, 0 for ever.")
    help_list = "All tokens, without their secrets, which nobody has."
    listing = verbs.add_parser("list", help=help_list, description=help_list)
    help_revoke = "Makes a token worthless at once."
    revoking = verbs.add_parser("revoke", help=help_revoke, description=help_revoke)
    revoking.add_argument("id", type=int, metavar="ID", help="As `list` says it.")
    for verb in (making, listing, revoking):
        # Beside the subcommand's own, and without undoing it.
        verb.add_argument("--json", action="store_true", default=SUPPRESS, help="Write JSON alone on standard output.")


def run(console: Console, options: dict[str, Any]) -> None:
    """Make, list or revoke."""
    _VERBS[options["verb"]](console, options)


def _make(console: Console, options: dict[str, Any]) -> None:
    name, days, now = options["name"], options["days"], timezone.now()
    if not 0 < len(name) <= 120 or not 0 <= days <= MOST_DAYS:
        raise CommandError(
            _("a name has 1 to 120 characters, and a token 0 to %(days)d days") % {"days": MOST_DAYS}, returncode=USAGE
        )
    scope = ApiToken.Scope.WRITE if options["write"] else ApiToken.Scope.READ
    expires_at = now + timedelta(days=days) if days else None
    token, secret = issue(name, _account(options["user"]), scope, now=now, expires_at=expires_at)
    console.tell({**_plain(token), "secret": secret}, [secret])
    console.warn(_("It is shown this once. Keep it where passwords are kept."))


def _account(login: str) -> Any:
    users: Any = get_user_model()._default_manager
    try:
        user = users.get_by_natural_key(login)
    except users.model.DoesNotExist as error:
        raise CommandError(_("nobody logs in as “%(login)s”") % {"login": login}) from error
    if not (user.is_active and user.is_staff):
        raise CommandError(_("“%(login)s” may not enter the admin, so no token can act for them") % {"login": login})
    return user


def _list(console: Console, options: dict[str, Any]) -> None:
    tokens = [_plain(token) for token in _tokens()]
    head = [_("id"), _("name"), _("acts for"), _("begins with"), _("scope"), _("state"), _("ends"), _("last used")]
    fields = ("id", "name", "user", "hint", "scope", "state", "expires_at", "used_at")
    console.tell(tokens, table(head, [[str(one[name]) if name == "id" else one[name] for name in fields] for one in tokens]))


def _revoke(console: Console, options: dict[str, Any]) -> None:
    token = _tokens().filter(pk=options["id"]).first()
    if token is None:
        raise CommandError(_("there is no token %(id)s") % {"id": options["id"]})
    revoke(token, now=timezone.now())
    console.tell(_plain(token), [_("%(name)s is revoked.") % {"name": token.name}])


def _tokens() -> Any:
    return ApiToken.objects.filter(shop=conf.shop).select_related("user").order_by("pk")


def _plain(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "user": token.user.get_username(),
        "hint": token.hint,
        "scope": str(token.scope),
        "state": standing(token, now=timezone.now()),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "used_at": token.used_at,
        "revoked_at": token.revoked_at,
    }


_VERBS: Mapping[str, Callable[[Console, dict[str, Any]], None]] = {"make": _make, "list": _list, "revoke": _revoke}
