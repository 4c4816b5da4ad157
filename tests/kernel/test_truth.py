from __future__ import annotations

import numpy as np
import pytest

from segmentation.kernel.truth import Truth, at_least, combine, conjunction, disjunction

SIZES = [0, 1, 7, 8, 9, 17]
T, F, U = True, False, None


def truth(*values):
    """Packed from True, False and None."""
    return Truth.pack(
        np.array([value is True for value in values], bool), np.array([value is not None for value in values], bool)
    )


def unpacked(packed):
    """True, False and None of every customer."""
    return [packed.of(customer) for customer in range(packed.size)]


def padding(packed):
    """The bits behind the last customer, of `true` and `known`."""
    return [int(bit) for bits in (packed.true, packed.known) for bit in np.unpackbits(bits)[packed.size :]]


def assert_sound(packed):
    """What is true is known, and nothing is known of the padding."""
    assert not np.any(packed.true & ~packed.known)
    assert not any(padding(packed))


AND = {
    (T, T): T, (T, F): F, (T, U): U,
    (F, T): F, (F, F): F, (F, U): F,
    (U, T): U, (U, F): F, (U, U): U,
}  # fmt: skip
OR = {
    (T, T): T, (T, F): T, (T, U): T,
    (F, T): T, (F, F): F, (F, U): U,
    (U, T): T, (U, F): U, (U, U): U,
}  # fmt: skip


@pytest.mark.parametrize(("left", "right"), AND)
def test_the_nine_pairs(left, right):
    assert unpacked(conjunction([truth(left), truth(right)])) == [AND[left, right]]
    assert unpacked(disjunction([truth(left), truth(right)])) == [OR[left, right]]


def test_all_pairs_in_one_pass():
    left, right = zip(*AND, strict=True)

    assert unpacked(conjunction([truth(*left), truth(*right)])) == list(AND.values())
    assert unpacked(disjunction([truth(*left), truth(*right)])) == list(OR.values())


def test_many_parts():
    parts = [truth(T, T, T, F, U), truth(T, U, F, F, U), truth(T, T, U, F, U)]

    assert unpacked(conjunction(parts)) == [T, U, F, F, U]
    assert unpacked(disjunction(parts)) == [T, T, T, F, U]


@pytest.mark.parametrize(("combinator", "n"), [("and", None), ("or", None), ("at_least", 1)])
def test_a_single_part_is_itself(combinator, n):
    assert unpacked(combine(combinator, [truth(T, F, U)], n)) == [T, F, U]


@pytest.mark.parametrize(
    ("combinator", "n", "expected"), [("and", None, [T, F, F, U]), ("or", None, [T, T, U, U]), ("at_least", 2, [T, T, F, U])]
)
def test_the_words_of_the_rules_have_their_meaning(combinator, n, expected):
    parts = [truth(T, T, F, U), truth(T, T, F, U), truth(T, F, U, U)]

    assert unpacked(combine(combinator, parts, n)) == expected


@pytest.mark.parametrize("combinator", ["and", "or", "at_least"])
def test_a_group_without_parts_is_refused(combinator):
    with pytest.raises(ValueError, match="empty group"):
        combine(combinator, [], 1)


def test_at_least_counts_the_true_and_hopes_for_the_unknown():
    parts = [truth(T, T, F, U, U), truth(T, F, F, U, T), truth(F, U, U, F, F)]

    assert unpacked(at_least(parts, 1)) == [T, T, U, U, T]
    assert unpacked(at_least(parts, 2)) == [T, U, F, U, U]
    assert unpacked(at_least(parts, 3)) == [F, F, F, F, F]


def test_negation():
    assert unpacked(~truth(T, F, U)) == [F, T, U]
    assert unpacked(~~truth(T, F, U)) == [T, F, U]


@pytest.mark.parametrize(("if_unknown", "expected"), [("unknown", [T, F, U]), ("no", [T, F, F]), ("yes", [T, F, T])])
def test_the_unknown_taken_as_something(if_unknown, expected):
    assert unpacked(truth(T, F, U).assumed(if_unknown)) == expected


def test_what_is_not_known_is_never_true():
    packed = Truth.pack(np.array([True, True]), np.array([True, False]))

    assert unpacked(packed) == [True, None]
    assert packed.members().tolist() == [True, False]


@pytest.mark.parametrize("size", SIZES)
def test_packing_of_every_size(size):
    values = [(T, F, U)[index % 3] for index in range(size)]
    packed = truth(*values)

    assert unpacked(packed) == values
    assert packed.size == size
    assert len(packed.true) == len(packed.known) == (size + 7) // 8
    assert packed.members().tolist() == [value is True for value in values]
    assert packed.unknown().tolist() == [value is None for value in values]
    assert packed.members().dtype == packed.unknown().dtype == np.bool_


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("value", [T, F, U])
def test_the_padding_is_never_true(size, value):
    packed = truth(*[value] * size)

    for result in (
        packed,
        ~packed,
        packed.assumed("yes"),
        packed.assumed("no"),
        ~packed.assumed("yes"),
        ~packed.assumed("no"),
        conjunction([packed, ~packed]),
        disjunction([packed, ~packed]),
        ~disjunction([packed, packed.assumed("yes")]),
    ):
        assert_sound(result)
        assert len(result.members()) == size


@pytest.mark.parametrize("customer", [-1, 3, 8])
def test_nobody_is_asked_who_is_not_there(customer):
    with pytest.raises(IndexError):
        truth(T, F, U).of(customer)


def test_a_truth_is_no_bool():
    with pytest.raises(TypeError, match="ask members"):
        bool(truth(T))
