"""A second shop that looks nothing like the demo: other names, UUID keys, cents, percents, baskets that become purchases."""
