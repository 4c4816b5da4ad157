"""A real shop's orders, as the published measurements take them."""

from __future__ import annotations

import numpy as np
from pyarrow import parquet

from segmentation.store.purchases import Purchases
from shopdemo.loader.invoices import DATA_FILE


def online_retail() -> Purchases:
    """The lines of customers, without cancelled invoices, gifts and charges, whose codes begin with a letter."""
    table = parquet.read_table(DATA_FILE)
    columns = {name: np.array(table[name].to_pylist()) for name in ("InvoiceNo", "StockCode", "Country")}
    numbers = {name: table[name].to_numpy() for name in ("Quantity", "UnitPrice", "CustomerID")}
    codes = np.char.upper(np.char.strip(columns["StockCode"]))
    is_sold = (numbers["Quantity"] > 0) & (numbers["UnitPrice"] > 0) & np.char.isdigit(codes.astype("U1"))
    lines = np.flatnonzero(is_sold & ~np.isnan(numbers["CustomerID"]) & ~np.char.startswith(columns["InvoiceNo"], "C"))
    times = table["InvoiceDate"].to_numpy().astype("datetime64[s]").astype(np.int64)
    lines = lines[np.argsort(times[lines], kind="stable")]
    people, person = np.unique(numbers["CustomerID"][lines].astype(int).astype(str), return_inverse=True)
    _, order = np.unique(columns["InvoiceNo"][lines], return_inverse=True)
    products, product = np.unique(codes[lines], return_inverse=True)
    countries, country = np.unique(columns["Country"][lines], return_inverse=True)
    return Purchases(
        keys=[f"user:{name}" for name in people],
        names=people.tolist(),
        products=products.tolist(),
        countries=countries.tolist(),
        person=person.astype(np.int32),
        order=order.astype(np.int32),
        product=product.astype(np.int32),
        country=country.astype(np.int16),
        times=times[lines],
        quantity=numbers["Quantity"][lines].astype(np.float32),
    )
