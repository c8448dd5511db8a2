"""Deep double descent: the test error of small networks over their width and the epochs."""
