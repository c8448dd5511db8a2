"""The command `mnist1d-lab`: the experiments from a shell. What it runs is elsewhere."""
