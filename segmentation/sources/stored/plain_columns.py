"""Which column of a plain CSV is what: by its name, or as somebody says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from segmentation.errors import SourceError

NAMES: Mapping[str, Sequence[str]] = {
    what: names.split()
    for what, names in {
        "customer": "customer customerid user userid client clientid buyer buyerid member memberid",
        "order": "order orderid ordernumber orderno invoice invoiceno invoiceid transaction transactionid basket basketid "
        "receipt receiptid",
        "product": "product productid item itemid sku article articleid stockcode asin",
        "date": "date datetime placedat orderdate orderedat invoicedate purchasedate transactiondate timestamp time",
        "quantity": "quantity qty pieces units",
        "price": "price unitprice",
        "total": "total linetotal amount revenue sales",
        "title": "title productname producttitle description",
        "category": "category productcategory categoryid department",
        "brand": "brand manufacturer vendor",
        "email": "email customeremail",
        "country": "country customercountry",
        "currency": "currency",
    }.items()
}
"""What a column is -> what it may be called, the likeliest in front; case, spaces, "_", "-" and "." make no difference."""

DELIMITERS = ",;\t|"

_SIGNS = re.compile(r"[\s_.\-]+")


def columns_of(path: str | Path, head: Sequence[str], said: Sequence[str] = ()) -> dict[str, str]:
    """What a column is -> its name in the head. `said` has what somebody knows better, such as "customer=Household".

    SourceError where a column is missing that there must be, or one that is said to be there.
    """
    called: dict[str, str] = {}
    for name in reversed(head):  # of two columns of one name the first counts
        called[_plain(name)] = name
    found = {what: called[name] for what, names in NAMES.items() for name in reversed(names) if name in called}
    found |= _said(head, said)
    missing = [what for what in ("product", "date") if what not in found]
    if "customer" not in found and "email" not in found:
        missing.insert(0, "customer")
    if missing:
        told = {"path": path, "columns": ", ".join(missing), "head": ", ".join(name.strip() for name in head)}
        why = _("%(path)s: no column is known as %(columns)s; its head is “%(head)s”. Say which it is, by --column product=NAME")
        raise SourceError(why % told)
    return found


def _said(head: Sequence[str], said: Sequence[str]) -> dict[str, str]:
    there = {name.strip().casefold(): name for name in reversed(head)}
    found: dict[str, str] = {}
    for each in said:
        what, _sign, name = each.partition("=")
        if what not in NAMES:
            told = {"said": each, "names": ", ".join(NAMES)}
            raise SourceError(_("--column %(said)s: before the sign stands one of %(names)s") % told)
        if name.strip().casefold() not in there:
            raise SourceError(_("--column %(said)s: the file has no such column") % {"said": each})
        found[what] = there[name.strip().casefold()]
    return found


def delimiter_of(line: str) -> str:
    """What stands between the cells of a head: the sign that is there most often, outside of quotation marks."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=bare.count)


def _plain(name: str) -> str:
    return _SIGNS.sub("", name.casefold())
