"""Coupons, birthdays, loyalty and stock alerts. Empty for now."""
