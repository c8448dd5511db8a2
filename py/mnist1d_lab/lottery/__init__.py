"""Lottery tickets: the search, what takes a ticket apart, and what the records say of it."""
