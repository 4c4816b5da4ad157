"""A shop whose every model is awkward in another way."""

from __future__ import annotations

import uuid

from django.db import models


class Country(models.Model):
    """Text primary key."""

    code = models.CharField(max_length=2, primary_key=True)
    title = models.CharField(max_length=40)


class Den(models.Model):
    """Middle of a chain of foreign keys; `number` is what others point at."""

    number = models.SlugField(unique=True)
    country = models.ForeignKey(Country, null=True, on_delete=models.SET_NULL)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lon = models.FloatField(null=True)
    spot = models.CharField(max_length=40, blank=True)


class Keeper(models.Model):
    """UUID primary key, a date, a time, a boolean."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    born = models.DateField(null=True)
    joined = models.DateTimeField(null=True)
    newsletter = models.BooleanField(null=True)
    den = models.ForeignKey(Den, null=True, to_field="number", on_delete=models.SET_NULL)
    favourites = models.ManyToManyField("Animal", related_name="fans")


class HeadKeeper(Keeper):
    """The same rows, saved under another class."""

    class Meta:
        proxy = True


class ChiefKeeper(Keeper):
    """A row of its own beside the parent's."""

    office = models.CharField(max_length=10)


class Tag(models.Model):
    """Other end of the many-to-many."""

    word = models.CharField(max_length=20)


class Animal(models.Model):
    """A product: decimals, a float, a duration, JSON, a file, choices."""

    SIZES = [(1, "small"), (2, "large")]

    title = models.CharField(max_length=40)
    price = models.DecimalField(max_digits=8, decimal_places=3)
    precious = models.DecimalField(max_digits=30, decimal_places=20, default=0)
    weight = models.FloatField(default=0.0)
    size = models.SmallIntegerField(choices=SIZES, default=1)
    sleeps = models.DurationField(null=True)
    notes = models.JSONField(default=dict)
    picture = models.FileField(blank=True)
    tags = models.ManyToManyField(Tag)


class Visit(models.Model):
    """An order: text number, integer cents, a date beside a time."""

    number = models.CharField(max_length=20, unique=True)
    keeper = models.ForeignKey(Keeper, null=True, on_delete=models.SET_NULL, related_name="visits")
    guest_email = models.CharField(max_length=100, blank=True)
    day = models.DateField(null=True)
    made = models.DateTimeField(null=True, db_index=True)
    cents = models.IntegerField(null=True)
    currency = models.CharField(max_length=3, default="EUR")
    state = models.IntegerField(choices=[(1, "new"), (2, "done")], default=1)
    den = models.ForeignKey(Den, null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ["-made"]


class Item(models.Model):
    """An order's line."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="items")
    animal = models.ForeignKey(Animal, null=True, on_delete=models.SET_NULL)
    quantity = models.PositiveSmallIntegerField(default=1)
    paid = models.DecimalField(max_digits=8, decimal_places=2)


class Basket(models.Model):
    """A cart of somebody known by account, by e-mail, or by session alone; nothing of it has an index but the account."""

    keeper = models.ForeignKey(Keeper, null=True, on_delete=models.CASCADE, related_name="baskets")
    email = models.CharField(max_length=100, blank=True)
    session = models.CharField(max_length=40, blank=True)
    touched = models.DateTimeField()


class BasketItem(models.Model):
    """A cart's line."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="items")
    animal = models.ForeignKey(Animal, on_delete=models.CASCADE)
    pieces = models.PositiveSmallIntegerField(default=1)


class WishList(models.Model):
    """Wishes as a many-to-many: the rows between have no class of their own, and no dates."""

    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="wish_lists")
    animals = models.ManyToManyField(Animal, related_name="wish_lists")


class Club(models.Model):
    """Members through a class of the shop's own."""

    name = models.CharField(max_length=20)
    members = models.ManyToManyField(Keeper, through="Enrolment", related_name="clubs")


class Enrolment(models.Model):
    """Of a club."""

    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE)
    since = models.DateTimeField(null=True)


class Sighting(models.Model):
    """An event of an account."""

    keeper = models.ForeignKey(Keeper, null=True, on_delete=models.CASCADE)
    animal = models.ForeignKey(Animal, null=True, on_delete=models.SET_NULL)
    seen = models.DateTimeField(db_index=True)
    seconds = models.IntegerField(default=0)


class Search(models.Model):
    """An event of a visitor, under a key that is no number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    visitor = models.CharField(max_length=40, db_index=True)
    words = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    worth = models.DecimalField(max_digits=6, decimal_places=1, null=True)
