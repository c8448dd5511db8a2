"""The MNIST-1D generator: its spec, its transforms, its random numbers. Trains nothing."""
