"""Scikit-learn's accuracies on our splits of these files, for test_own_data.py. No test runs it.

    PYTHONPATH=py python tests/unit/dataset/archives/make_scikit_learn.py

with scikit-learn 1.9.1 and NumPy: multinomial logistic regression without a penalty worth naming,
and a network of two hidden layers of 100 units, for five seeds; on the data as `prepare_data` gives
them, all numbers centred and scaled together.
"""

import json
from pathlib import Path

import numpy as np
import sklearn  # type: ignore[import-not-found, import-untyped, unused-ignore]
from sklearn.linear_model import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
    LogisticRegression,
)
from sklearn.neural_network import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
    MLPClassifier,
)

from mnist1d_lab import jobs
from mnist1d_lab.dataset.own import find

HERE = Path(__file__).parent
FILES = (
    ("ItalyPowerDemand_TRAIN.arff", "ItalyPowerDemand_TEST.arff"),
    ("Coffee_TRAIN.txt", "Coffee_TEST.txt"),
    ("Trace.npz", None),
    ("GunPoint_TRAIN.ts", None),
)
SEEDS = range(5)


def prepared(train: str, test: str | None) -> str:
    """Return the name of the data of these files, which are at hand then."""
    args = {"file": (HERE / train).read_bytes(), "name": train}
    if test:
        args |= {"test_file": (HERE / test).read_bytes(), "test_name": test}
    return str(jobs.run("prepare_data", args)["source"])


def main() -> None:
    """Write the accuracies in percent, by the name of the data."""
    found = {"scikit-learn": sklearn.__version__}
    for files in FILES:
        source = prepared(*files)
        own = find(source)
        logistic = LogisticRegression(C=100, max_iter=5000).fit(own.x, own.y)
        networks = [
            MLPClassifier((100, 100), max_iter=2000, random_state=seed).fit(own.x, own.y)
            for seed in SEEDS
        ]
        scores = [100 * network.score(own.x_test, own.y_test) for network in networks]
        found[source] = {
            "files": files,
            "logistic": round(100 * logistic.score(own.x_test, own.y_test), 2),
            "mlp": round(float(np.mean(scores)), 2),
        }
    path = HERE / "scikit_learn.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(path.read_text())


if __name__ == "__main__":
    main()
