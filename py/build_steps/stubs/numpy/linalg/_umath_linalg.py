"""LAPACK, 1 MB: the page solves, inverts and decomposes no matrix."""
