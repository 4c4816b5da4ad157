from __future__ import annotations

import numpy as np

from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import history_of
from personalization.recommend.learning.models import model
from personalization.recommend.learning.reasons import reasons
from tests.personalization.recommend.learning.bought import DAY, bought


def test_of_several_products_bought_the_one_that_speaks_loudest_is_the_reason() -> None:
    lines = [(f"t{number}", 1, product) for number in range(9) for product in ("cup", "saucer")]
    lines += [(f"l{number}", 1, product) for number in range(9) for product in ("lamp", "bulb")]
    purchases = bought([*lines, ("ann", 2, "cup"), ("ann", 2, "lamp"), ("ben", 2, "cup")])
    history = history_of(purchases, catalogue_of(purchases, 1), 3 * DAY)
    column = {purchases.products[number]: place for place, number in enumerate(history.catalogue.products.tolist())}
    people = np.array([purchases.keys.index("user:ann"), purchases.keys.index("user:ben")])
    lists = np.array([[column["saucer"], column["bulb"], -1], [column["saucer"], -1, -1]])
    found = reasons([model(history, {"model": "ease", "penalty": 1.0})], people, lists)
    assert found.tolist() == [[column["cup"], column["lamp"], -1], [column["cup"], -1, -1]]
