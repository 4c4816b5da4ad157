"""Models made for awkward cases: keys of all types, cents, dates, chains of foreign keys, a many-to-many."""
