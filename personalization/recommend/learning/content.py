"""How alike products are by what is said of them: words of the title, category and brand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from personalization.recommend.learning.described import Described
from personalization.recommend.learning.science import scipy_sparse

WORD = re.compile(r"\w+")

TIMES = {"category": 2.0, "brand": 1.0}
"""What the whole of a category or a brand counts beside a word of the title."""


def words_of(described: Described) -> Iterator[tuple[str, float]]:
    """What a product is described by, each with how much it counts; words without accents, in small letters."""
    for word in WORD.findall(_plain(described.title)):
        if len(word) > 1 and not word.isdigit():
            yield word, 1.0
    for name, times in TIMES.items():
        said = _plain(getattr(described, name)).strip()
        if said:
            yield f"{name}:{said}", times


def described_by(products: Sequence[Described]) -> Any:
    """Products x words (CSR), each row of length 1: TF-IDF, or nothing for a product that nothing is said of."""
    numbers: dict[str, int] = {}
    rows, columns, values = [], [], []
    for row, described in enumerate(products):
        for word, times in words_of(described):
            rows.append(row)
            columns.append(numbers.setdefault(word, len(numbers)))
            values.append(times)
    sparse = scipy_sparse()
    counts = sparse.csr_matrix((np.array(values, np.float32), (rows, columns)), shape=(len(products), len(numbers)))
    counts.sum_duplicates()
    in_products = np.bincount(counts.indices, minlength=len(numbers))
    counts.data *= np.log(len(products) / np.maximum(in_products, 1) + 1.0)[counts.indices].astype(np.float32)
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    return (sparse.diags_array(1.0 / np.maximum(lengths, 1e-12)) @ counts).tocsr().astype(np.float32)


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
