"""Stock codes that are no articles: charges, corrections and vouchers."""

from __future__ import annotations

from types import MappingProxyType

NON_PRODUCTS = MappingProxyType(
    {
        "POST": "Postage",
        "DOT": "Postage of the web shop",
        "C2": "Carriage",
        "M": "Manual entry",
        "D": "Discount",
        "S": "Samples",
        "B": "Bad debt",
        "BANK CHARGES": "Bank charges",
        "AMAZONFEE": "Amazon's fee",
        "CRUK": "Commission for Cancer Research UK",
        "23444": "Next day carriage",
        "23574": "Packing charge",
        "23702": "Pictures for the press",
    }
)
VOUCHER_PREFIX = "GIFT_"


def is_product(code: str) -> bool:
    """Whether the (upper-case) stock code is an article of the catalogue."""
    return code not in NON_PRODUCTS and not code.startswith(VOUCHER_PREFIX)
