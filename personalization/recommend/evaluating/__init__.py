"""How well models do on a shop's own orders: split by time, asked for what came after."""
