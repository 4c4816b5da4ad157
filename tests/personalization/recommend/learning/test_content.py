from __future__ import annotations

from personalization.recommend.learning.content import described_by, words_of
from personalization.recommend.learning.described import Described


def test_words_are_plain_and_categories_whole() -> None:
    words = dict(words_of(Described("Théière 12 à rouge", "Tea & Coffee", "Émile")))
    assert words == {"theiere": 1.0, "rouge": 1.0, "category:tea & coffee": 2.0, "brand:emile": 1.0}


def test_products_that_share_rare_words_are_more_alike() -> None:
    titles = ["red tea cup", "red tea pot", "red lamp", "red bell", ""]
    words = described_by([Described(title) for title in titles])
    alike = (words @ words.T).toarray()
    assert alike[0, 1] > alike[0, 2] > 0
    assert alike[0, 0] == 1.0 or abs(alike[0, 0] - 1.0) < 1e-6
    assert alike[4].tolist() == [0.0] * 5


def test_nothing_described_is_no_error() -> None:
    assert described_by([]).shape == (0, 0)
    assert described_by([Described()]).shape == (1, 0)
