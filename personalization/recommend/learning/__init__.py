"""Models that learn from arrays of purchases: NumPy and SciPy alone, no database."""
