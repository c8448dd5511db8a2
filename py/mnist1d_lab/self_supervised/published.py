"""What was published of self-supervised learning on MNIST-1D, laid beside ours. Computes nothing.

Source: the printed output of the notebook `self-supervised-learning` of the reference; test
accuracies in percent, of one run each.
"""

from __future__ import annotations

# Linear probes by layer: convolutions first, then the projector; the key is its linear layers.
LINEAR: dict[int, tuple[float, ...]] = {
    2: (75.1, 80.9, 82.1, 76.1, 75.0),
    0: (82.2, 79.5, 53.4),
    4: (75.9, 82.4, 79.5, 77.3, 72.8, 65.0, 61.1),
}
RAW_LINEAR, RAW_KNN = 32.8, 59.6  # of the signals themselves
LAST_KNN = 74.1  # nearest neighbours in the last layer of the usual network
MLP = 68.0  # the supervised MLP of the paper
