"""Docstrings, of which these archives have none."""
