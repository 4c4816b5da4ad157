"""The rule tree, its JSON and its text, with no shop and no database."""
