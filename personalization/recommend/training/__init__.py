"""The life of recommender versions: trained, switched to, rolled back, kept fresh."""
