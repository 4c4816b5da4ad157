"""Products for whoever looks: learned from the shop's orders, kept as lists, served by strategies under the house's rules."""
