"""Rows of a shop elsewhere, pushed to us: customers, orders with their lines, products, refunds, carts, wishes."""
