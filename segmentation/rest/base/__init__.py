"""Manners that all our REST views have, those of personalization too. One idea a file; `views` puts them together."""
