"""The one place that gives a rule its meaning: NumPy and rules, no shop, no database."""
