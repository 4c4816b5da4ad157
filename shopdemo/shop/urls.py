"""The shop's pages."""

from __future__ import annotations

from django.urls import path

from shopdemo.shop import views

app_name = "shop"

urlpatterns = [
    path("", views.products, name="home"),
    path("category/<slug:slug>/", views.products, name="category"),
]
