"""A learning rate that is itself learned, by the gradient of a whole training. No jobs here."""
