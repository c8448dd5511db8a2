"""How far a network's backprop is from numerical gradients; for tests, tests nothing itself."""

from typing import Any


def largest_error(network: Any, x: Any, labels: Any, eps: float) -> float:
    """Largest relative difference between backprop and central differences of width eps.

    x is (inputs, examples) and, like the network's parameters, float64; labels (examples,).
    """
    network.learn(x, labels)
    grads = network.grads.copy()
    worst = 0.0
    for index in range(len(grads)):
        losses = []
        for sign in (1, -1):
            kept = network.values[index]
            network.values[index] += sign * eps
            losses.append(network.evaluate(x, labels)[0])
            network.values[index] = kept
        numeric = (losses[0] - losses[1]) / (2 * eps)
        ours = float(grads[index])
        worst = max(worst, abs(numeric - ours) / max(abs(numeric), abs(ours), 1e-3))
    return worst
