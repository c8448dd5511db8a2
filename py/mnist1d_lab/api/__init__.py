"""What researchers import, by its short names from mnist1d_lab: estimators, searches, PyTorch.

All of it runs what `jobs` runs and returns the same bits; the page has none of it.
"""
