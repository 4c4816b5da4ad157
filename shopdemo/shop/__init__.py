"""The shop itself: customers, products, orders, refunds, carts and wishlists."""
