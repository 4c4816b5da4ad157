"""Scores of customers (RFM, lifetime value, attrition). Empty: scores come after the whole rule language."""
