"""The four networks, their layers and backprop, and their training. Knows no experiment."""
