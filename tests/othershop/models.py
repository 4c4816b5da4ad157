"""Clients are no users of Django's and are never deleted, only marked; a basket is a purchase that nobody paid yet."""

from __future__ import annotations

import uuid

from django.db import models


class Shelf(models.Model):
    """Where things stand."""

    title = models.CharField(max_length=40, unique=True)


class Thing(models.Model):
    """What is sold; its key is a text."""

    code = models.CharField(max_length=20, primary_key=True)
    label = models.CharField(max_length=40)
    shelf = models.ForeignKey(Shelf, null=True, on_delete=models.SET_NULL)
    cents = models.PositiveIntegerField()
    pieces_left = models.PositiveIntegerField(default=0)


class Client(models.Model):
    """Somebody with an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mail = models.EmailField(blank=True)
    given_name = models.CharField(max_length=40, blank=True)
    land = models.CharField(max_length=2, blank=True)
    born = models.DateField(null=True)
    since = models.DateTimeField(null=True)
    letters = models.BooleanField(null=True)
    points = models.IntegerField(null=True)
    deleted_at = models.DateTimeField(null=True)
    favourites = models.ManyToManyField(Thing)


class Purchase(models.Model):
    """A basket, then an order. It keeps no total: that is made of its items and the percents taken off."""

    class State(models.TextChoices):
        """How far it went."""

        BASKET = "basket"
        PAID = "paid"
        VOID = "void"

    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.PAID)
    buyer = models.ForeignKey(Client, null=True, on_delete=models.SET_NULL)
    mail = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(null=True, db_index=True)
    touched_at = models.DateTimeField(db_index=True)
    money = models.CharField(max_length=3, blank=True)
    percent_off = models.PositiveSmallIntegerField(default=0)
    voucher = models.CharField(max_length=20, blank=True)


class Item(models.Model):
    """So many pieces of a thing, each for so many cents."""

    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="items")
    thing = models.ForeignKey(Thing, null=True, on_delete=models.SET_NULL)
    pieces = models.PositiveIntegerField()
    cents = models.PositiveIntegerField()


class Look(models.Model):
    """Somebody looked at a thing, or for one."""

    client = models.ForeignKey(Client, null=True, on_delete=models.CASCADE)
    cookie = models.CharField(max_length=40, blank=True, db_index=True)
    verb = models.CharField(max_length=10)
    thing = models.ForeignKey(Thing, null=True, on_delete=models.CASCADE)
    words = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(db_index=True)
