"""`manage.py demo`: from an empty database to a running shop."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Iterable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from segmentation.errors import RegularsError
from shopdemo.demo.accounts import ensure_accounts
from shopdemo.demo.contents import define_missing_slots, ensure_coupons
from shopdemo.demo.merchandise import define_rules
from shopdemo.demo.rates import load_rates
from shopdemo.demo.recommending import train_first
from shopdemo.demo.report import address_lines, data_lines, recommender_lines, segment_lines
from shopdemo.demo.segmenting import define_missing, refresh_all, sync_profiles
from shopdemo.demo.serving import EndedError, serve
from shopdemo.loader.load import load
from shopdemo.progress import Progress, bars, silent
from shopdemo.simulation.simulate import simulate


class Command(BaseCommand):
    """Each step does only what is not done yet, so that a second run is quick and loses nothing."""

    help = "Loads a real gift shop's year of orders, makes segments, learns what to recommend, and serves shop and admin."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be asked of the demo."""
        parser.add_argument("--no-serve", action="store_true", help="Stop when the shop is ready.")
        parser.add_argument("--address", default="127.0.0.1:8000", help="Host and port to serve on.")
        parser.add_argument(
            "--limit-invoices", type=_positive, metavar="N", help="Load only N invoices, spread over the year (first run only)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, segment, learn, report, serve."""
        progress: Progress = bars if options["verbosity"] else silent
        try:
            self._prepare(options["limit_invoices"], options["address"], progress)
            if not options["no_serve"]:
                serve(options["address"])
        except (RegularsError, EndedError) as error:
            raise CommandError(str(error)) from error

    def _prepare(self, limit: int | None, address: str, progress: Progress) -> None:
        with progress("tables", 1) as advance:
            call_command("migrate", verbosity=0, interactive=False)
            advance(1)
        loaded = load(timezone.now(), limit_invoices=limit, progress=progress)
        simulate(timezone.now(), progress=progress)
        load_rates()
        logins = ensure_accounts()
        sync_profiles(timezone.now(), progress)
        define_missing(timezone.now(), progress)
        ensure_coupons()
        define_missing_slots(progress)
        report = refresh_all(timezone.now(), progress)
        define_rules(timezone.now())
        recommender = train_first(timezone.now(), progress)
        self._print(data_lines(loaded))
        self._print(segment_lines(report))
        self._print(recommender_lines(*recommender))
        self._print(address_lines(address, logins))

    def _print(self, lines: Iterable[str]) -> None:
        self.stdout.write("\n" + "\n".join(lines))
        self.stdout.flush()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("must be at least 1")
    return number
