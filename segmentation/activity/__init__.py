"""What visitors do, recorded by us. Empty until visitors are: the storefront brings them."""
