"""What the models must reach on a real shop's orders: learned from 294 days, asked for the 80 days after."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from pyarrow import parquet

from personalization.recommend.evaluating.evaluate import Report, evaluate
from segmentation.store.purchases import Purchases
from shopdemo.loader.invoices import DATA_FILE

MOMENT = int(datetime(2011, 9, 21, tzinfo=UTC).timestamp())


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


@pytest.fixture(scope="module")
def report() -> Report:
    purchases = online_retail()
    assert len(purchases) == 396_337
    return evaluate(purchases, MOMENT)


def test_the_protocol_is_that_of_the_published_measurements(report: Report) -> None:
    assert report.products == 2_859
    assert {task: found["n"] for task, found in report.tasks.items()} == {"next": 1_898, "new": 1_820, "basket": 4_000}
    popularity = report.baselines["new"]["popularity"]
    assert (round(popularity["recall_at_10"], 4), round(popularity["ndcg_at_10"], 4)) == (0.0192, 0.0485)


@pytest.mark.parametrize(
    ("task", "measure", "least"),
    [
        ("next", "ndcg_at_10", 0.2834),
        ("next", "recall_at_10", 0.15),
        ("new", "ndcg_at_10", 0.1201),
        ("basket", "ndcg_at_10", 0.2923),
    ],
)
def test_a_task_reaches_its_gate(report: Report, task: str, measure: str, least: float) -> None:
    assert report.tasks[task][measure] >= least


def test_ours_are_better_than_every_baseline_by_more_than_chance(report: Report) -> None:
    lows = {(task, name): told["difference"][0] for task, found in report.baselines.items() for name, told in found.items()}
    assert [of for of, low in lows.items() if low <= 0] == []
