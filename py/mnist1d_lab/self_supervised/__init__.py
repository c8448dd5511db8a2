"""Self-supervised learning: an encoder trained without labels, and what its layers know of them."""
