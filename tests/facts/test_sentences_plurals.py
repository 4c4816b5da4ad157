from __future__ import annotations

import pytest
from django.utils import translation

from segmentation.facts.sentences import leaf_sentence
from segmentation.rules import parse
from segmentation.rules.tree import leaves
from tests.facts.sentences_shop import SHOP

NUMBERS = (1, 2, 5, 22)
"""One of each form that Polish has for whole numbers, and 22, which takes that of 2."""

POLISH = {
    "orders.count() >= %d": (
        "co najmniej 1 zamówienie",
        "co najmniej 2 zamówienia",
        "co najmniej 5 zamówień",
        "co najmniej 22 zamówienia",
    ),
    "orders.count() between 0 and %d": (
        "od 0 do 1 zamówienia",
        "od 0 do 2 zamówień",
        "od 0 do 5 zamówień",
        "od 0 do 22 zamówień",
    ),
    "order_lines.count() < %d": (
        "brak pozycji zamówień",
        "mniej niż 2 pozycje zamówień",
        "mniej niż 5 pozycji zamówień",
        "mniej niż 22 pozycje zamówień",
    ),
    "refunds.count() = %d": (
        "dokładnie 1 zwrot środków",
        "dokładnie 2 zwroty środków",
        "dokładnie 5 zwrotów środków",
        "dokładnie 22 zwroty środków",
    ),
    "carts.count() > %d": (
        "więcej niż 1 koszyk",
        "więcej niż 2 koszyki",
        "więcej niż 5 koszyków",
        "więcej niż 22 koszyki",
    ),
    "wishlist_items.count() <= %d": (
        "co najwyżej 1 pozycja listy życzeń",
        "co najwyżej 2 pozycje listy życzeń",
        "co najwyżej 5 pozycji listy życzeń",
        "co najwyżej 22 pozycje listy życzeń",
    ),
    "events.count() >= %d": (
        "co najmniej 1 zdarzenie",
        "co najmniej 2 zdarzenia",
        "co najmniej 5 zdarzeń",
        "co najmniej 22 zdarzenia",
    ),
    "order_lines.count_distinct(product.category) >= %d": (
        "co najmniej 1 wartość pola „kategoria produktu” dla pozycji zamówień",
        "co najmniej 2 różne wartości pola „kategoria produktu” dla pozycji zamówień",
        "co najmniej 5 różnych wartości pola „kategoria produktu” dla pozycji zamówień",
        "co najmniej 22 różne wartości pola „kategoria produktu” dla pozycji zamówień",
    ),
    "customer.tags size >= %d": (
        "tags: co najmniej 1 wpis",
        "tags: co najmniej 2 wpisy",
        "tags: co najmniej 5 wpisów",
        "tags: co najmniej 22 wpisy",
    ),
    "pets.count() >= %d": (
        "co najmniej 1 wiersz „pets”",
        "co najmniej 2 wiersze „pets”",
        "co najmniej 5 wierszy „pets”",
        "co najmniej 22 wiersze „pets”",
    ),
    "spend.count() >= %d": (
        "co najmniej 1 zamówienie lub zwrot środków",
        "co najmniej 2 zamówienia i zwroty środków",
        "co najmniej 5 zamówień i zwrotów środków",
        "co najmniej 22 zamówienia i zwroty środków",
    ),
    "cart_lines.count() >= %d": (
        "co najmniej 1 pozycja koszyka",
        "co najmniej 2 pozycje koszyka",
        "co najmniej 5 pozycji koszyka",
        "co najmniej 22 pozycje koszyka",
    ),
    "orders.count(last %d minutes) = 0": (
        "brak zamówień w ciągu ostatniej minuty",
        "brak zamówień w ciągu ostatnich 2 minut",
        "brak zamówień w ciągu ostatnich 5 minut",
        "brak zamówień w ciągu ostatnich 22 minut",
    ),
    "orders.count(last %d hours) = 0": (
        "brak zamówień w ciągu ostatniej godziny",
        "brak zamówień w ciągu ostatnich 2 godzin",
        "brak zamówień w ciągu ostatnich 5 godzin",
        "brak zamówień w ciągu ostatnich 22 godzin",
    ),
    "orders.count(last %d days) = 0": (
        "brak zamówień w ciągu ostatniego dnia",
        "brak zamówień w ciągu ostatnich 2 dni",
        "brak zamówień w ciągu ostatnich 5 dni",
        "brak zamówień w ciągu ostatnich 22 dni",
    ),
    "orders.count(last %d weeks) = 0": (
        "brak zamówień w ciągu ostatniego tygodnia",
        "brak zamówień w ciągu ostatnich 2 tygodni",
        "brak zamówień w ciągu ostatnich 5 tygodni",
        "brak zamówień w ciągu ostatnich 22 tygodni",
    ),
    "orders.count(last %d months) = 0": (
        "brak zamówień w ciągu ostatniego miesiąca",
        "brak zamówień w ciągu ostatnich 2 miesięcy",
        "brak zamówień w ciągu ostatnich 5 miesięcy",
        "brak zamówień w ciągu ostatnich 22 miesięcy",
    ),
    "orders.count(last %d years) = 0": (
        "brak zamówień w ciągu ostatniego roku",
        "brak zamówień w ciągu ostatnich 2 lat",
        "brak zamówień w ciągu ostatnich 5 lat",
        "brak zamówień w ciągu ostatnich 22 lat",
    ),
    "orders.count(not last %d days) = 0": (
        "brak zamówień ponad 1 dzień temu",
        "brak zamówień ponad 2 dni temu",
        "brak zamówień ponad 5 dni temu",
        "brak zamówień ponad 22 dni temu",
    ),
    "orders.count(not last %d months) = 0": (
        "brak zamówień ponad 1 miesiąc temu",
        "brak zamówień ponad 2 miesiące temu",
        "brak zamówień ponad 5 miesięcy temu",
        "brak zamówień ponad 22 miesiące temu",
    ),
    "orders.count(not last %d years) = 0": (
        "brak zamówień ponad 1 rok temu",
        "brak zamówień ponad 2 lata temu",
        "brak zamówień ponad 5 lat temu",
        "brak zamówień ponad 22 lata temu",
    ),
    "orders.count(not last %d weeks) = 0": (
        "brak zamówień ponad 1 tydzień temu",
        "brak zamówień ponad 2 tygodnie temu",
        "brak zamówień ponad 5 tygodni temu",
        "brak zamówień ponad 22 tygodnie temu",
    ),
    "orders.count(not last %d hours) = 0": (
        "brak zamówień ponad 1 godzinę temu",
        "brak zamówień ponad 2 godziny temu",
        "brak zamówień ponad 5 godzin temu",
        "brak zamówień ponad 22 godziny temu",
    ),
    "customer.birth_date anniversary next %d weeks": (
        "data urodzenia: rocznica przypada w ciągu najbliższego tygodnia",
        "data urodzenia: rocznica przypada w ciągu najbliższych 2 tygodni",
        "data urodzenia: rocznica przypada w ciągu najbliższych 5 tygodni",
        "data urodzenia: rocznica przypada w ciągu najbliższych 22 tygodni",
    ),
    'in segment "vip" for at least %d months': (
        "w segmencie „vip” od co najmniej 1 miesiąca",
        "w segmencie „vip” od co najmniej 2 miesięcy",
        "w segmencie „vip” od co najmniej 5 miesięcy",
        "w segmencie „vip” od co najmniej 22 miesięcy",
    ),
    "sequence (events, orders) within %d hours": (
        "kolejno (zdarzenie, potem zamówienie, wszystko w ciągu 1 godziny)",
        "kolejno (zdarzenie, potem zamówienie, wszystko w ciągu 2 godzin)",
        "kolejno (zdarzenie, potem zamówienie, wszystko w ciągu 5 godzin)",
        "kolejno (zdarzenie, potem zamówienie, wszystko w ciągu 22 godzin)",
    ),
    "pattern orders regularly period 1 year periods %d": (
        "co najmniej 1 zamówienie w ciągu ostatniego roku",
        "co najmniej 1 zamówienie w każdym z ostatnich 2 lat",
        "co najmniej 1 zamówienie w każdym z ostatnich 5 lat",
        "co najmniej 1 zamówienie w każdym z ostatnich 22 lat",
    ),
    "pattern orders regularly period 2 days periods %d": (
        "co najmniej 1 zamówienie w ciągu ostatniego okresu (2 dni)",
        "co najmniej 1 zamówienie w każdym z ostatnich 2 okresów po 2 dni",
        "co najmniej 1 zamówienie w każdym z ostatnich 5 okresów po 2 dni",
        "co najmniej 1 zamówienie w każdym z ostatnich 22 okresów po 2 dni",
    ),
    "pattern orders regularly period %d months periods 3": (
        "co najmniej 1 zamówienie w każdym z ostatnich 3 miesięcy",
        "co najmniej 1 zamówienie w każdym z ostatnich 3 okresów po 2 miesiące",
        "co najmniej 1 zamówienie w każdym z ostatnich 3 okresów po 5 miesięcy",
        "co najmniej 1 zamówienie w każdym z ostatnich 3 okresów po 22 miesiące",
    ),
    "pattern orders stopped period 1 week periods %d": (
        "brak zamówień w ciągu ostatniego tygodnia, ale co najmniej 1 zamówienie w ciągu 1 tygodnia przed tym okresem",
        "brak zamówień w ciągu ostatniego tygodnia, ale co najmniej 1 zamówienie w każdym z 2 tygodni przed tym okresem",
        "brak zamówień w ciągu ostatniego tygodnia, ale co najmniej 1 zamówienie w każdym z 5 tygodni przed tym okresem",
        "brak zamówień w ciągu ostatniego tygodnia, ale co najmniej 1 zamówienie w każdym z 22 tygodni przed tym okresem",
    ),
    "top %d by score.clv leave at 22": (
        "najlepszy klient według: CLV (członkowie pozostają, dopóki są wśród 22 najlepszych)",
        "wśród 2 najlepszych klientów według: CLV (członkowie pozostają, dopóki są wśród 22 najlepszych)",
        "wśród 5 najlepszych klientów według: CLV (członkowie pozostają, dopóki są wśród 22 najlepszych)",
        "wśród 22 najlepszych klientów według: CLV (członkowie pozostają, dopóki są wśród 22 najlepszych)",
    ),
    "top 5 percent by score.clv stay %d years": (
        "wśród najlepszych 5% według: CLV (członkowie pozostają co najmniej 1 rok)",
        "wśród najlepszych 5% według: CLV (członkowie pozostają co najmniej 2 lata)",
        "wśród najlepszych 5% według: CLV (członkowie pozostają co najmniej 5 lat)",
        "wśród najlepszych 5% według: CLV (członkowie pozostają co najmniej 22 lata)",
    ),
}
CASES = [(rule % number, said) for rule, forms in POLISH.items() for number, said in zip(NUMBERS, forms, strict=True)]


@pytest.mark.parametrize(("rule", "said"), CASES, ids=[rule for rule, _ in CASES])
def test_polish_bends_with_the_number(rule, said):
    ((_, leaf),) = leaves(parse(rule))
    with translation.override("pl"):
        assert leaf_sentence(leaf, SHOP) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("orders.count() < 2", "moins de 2 commandes"),
        ("orders.count() <= 1", "au plus 1 commande"),
        ("refunds.count() = 0", "aucun remboursement"),
        ("orders.count(last 1 day) = 0", "aucune commande depuis 1 jour"),
        ("orders.count(last 2 weeks) = 0", "aucune commande au cours des 2 dernières semaines"),
        ("orders.count(not last 1 year) = 0", "aucune commande il y a plus de 1 an"),
        ("pattern orders regularly period 1 month periods 3", "au moins 1 commande pour chacun des 3 derniers mois"),
        ("pattern orders regularly period 1 year periods 3", "au moins 1 commande pour chacune des 3 dernières années"),
    ],
)
def test_french_bends_with_number_and_gender(rule, said):
    ((_, leaf),) = leaves(parse(rule))
    with translation.override("fr"):
        assert leaf_sentence(leaf, SHOP) == said
