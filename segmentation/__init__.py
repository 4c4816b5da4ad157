"""Customer segmentation for Django shops: who is this customer, since when, and why."""
