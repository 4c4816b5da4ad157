"""The shop's pages."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from shopdemo.shop.views import account, art, cart, catalogue, checkout, orders, pages, wishlist

app_name = "shop"

urlpatterns = [
    path("", catalogue.home, name="home"),
    path("products/", catalogue.everything, name="everything"),
    path("category/<slug:slug>/", catalogue.category, name="category"),
    path("search/", catalogue.search, name="search"),
    path("product/<int:pk>/<slug:slug>/", catalogue.product, name="product"),
    path("cart/", cart.cart, name="cart"),
    path("cart/add/<int:pk>/", cart.add, name="cart-add"),
    path("cart/update/", cart.update, name="cart-update"),
    path("cart/coupon/", cart.coupon, name="cart-coupon"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("checkout/<slug:number>/", checkout.placed, name="placed"),
    path("account/", account.account, name="account"),
    path("account/sign-up/", account.sign_up, name="signup"),
    path("account/log-in/", account.LogIn.as_view(), name="login"),
    path("account/log-out/", LogoutView.as_view(), name="logout"),
    path("account/password/", account.PasswordChange.as_view(), name="password"),
    path("account/orders/", orders.orders, name="orders"),
    path("account/orders/<slug:number>/", orders.order, name="order"),
    path("account/wishlist/", wishlist.wishlist, name="wishlist"),
    path("account/wishlist/add/<int:pk>/", wishlist.add, name="wishlist-add"),
    path("account/wishlist/remove/<int:pk>/", wishlist.remove, name="wishlist-remove"),
    path("delivery-and-returns/", pages.delivery, name="delivery"),
    path("privacy/", pages.privacy, name="privacy"),
    path("art/product/<int:pk>.svg", art.product_art, name="product-art"),
    path("art/category/<slug:slug>.svg", art.category_art, name="category-art"),
    path("art/scene/<slug:name>.svg", art.scene_art, name="scene-art"),
]
