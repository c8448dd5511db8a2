"""The trainings that are compared with PyTorch's: fields of TrainSpec. Needs neither package."""

INPUTS, HIDDEN, BATCH, STEPS = 12, 16, 20, 10
CASES = {
    "sgd": {"optimizer": "sgd", "learning_rate": 0.1},
    "sgd_decay": {"optimizer": "sgd", "learning_rate": 0.1, "weight_decay": 0.03},
    "momentum": {"optimizer": "momentum", "learning_rate": 0.05, "momentum": 0.8},
    "momentum_decay": {"optimizer": "momentum", "learning_rate": 0.05, "weight_decay": 0.03},
    "adam_decay": {"learning_rate": 0.01, "weight_decay": 0.03},
    "kaiming_uniform": {"init": "kaiming_uniform"},
    "kaiming_normal": {"init": "kaiming_normal", "optimizer": "sgd"},
    "xavier_uniform": {"init": "xavier_uniform", "optimizer": "momentum"},
    "xavier_normal": {"init": "xavier_normal", "weight_decay": 0.01},
    "depth_1": {"depth": 1},
    "depth_3": {"depth": 3, "optimizer": "momentum"},
    "depth_4": {"depth": 4, "weight_decay": 0.01},
}
SHAPES = {"linear": (400, 40), "conv1d": (50, 30, 5)}  # whose initial spread is compared
