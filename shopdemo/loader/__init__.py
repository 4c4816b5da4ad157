"""Fills the shop with a real gift shop's year of orders (docs/demo-data.md says what becomes what)."""
