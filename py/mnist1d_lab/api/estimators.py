"""The four networks as scikit-learn has estimators. The training itself is that of models/.

They follow scikit-learn's conventions and pass its `check_estimator`, but import nothing of it. On
a generated dataset they learn, bit for bit, what the job `train` learns (with batches no larger
than the training set).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist1d_lab.api import inputs
from mnist1d_lab.models import cnn_gru, mlp
from mnist1d_lab.models.batches import batches
from mnist1d_lab.models.initialisation import initialiser
from mnist1d_lab.models.network import EVALUATION_BATCH
from mnist1d_lab.models.spec import CNN_LEAST, TrainSpec
from mnist1d_lab.models.train import evaluate_all, make_optimizer, train_steps
from mnist1d_lab.types import Array, Model, Network, Params, Split

Record = dict[str, Any]


@dataclass(eq=False, kw_only=True)
class Classifier:
    """What the four have in common: their parameters, `fit`, and what a fitted one answers.

    Parameters are the fields of TrainSpec, and are checked in `fit`. A step is one update on one
    batch; `learning_rate` has no unit; `weight_decay` is L2, added to the gradient; `seed` alone
    decides what is drawn. A fitted estimator has

    - `classes_` (classes,), the labels in order; `n_features_in_`, the length of an example;
    - `feature_names_in_` (length,), if `fit` got a frame whose columns are named;
    - `weights_`, float32 arrays under PyTorch's names and in its shapes;
    - `records_`, a dict at step 0, each `eval_every` steps and the end: losses in nats, accuracies
      in percent; those of test examples only if `fit` got some.
    """

    _name: ClassVar[str]  # of the model, in TrainSpec

    steps: int = TrainSpec.steps
    batch_size: int = TrainSpec.batch_size
    learning_rate: float = TrainSpec.learning_rate
    beta1: float = TrainSpec.beta1
    beta2: float = TrainSpec.beta2
    optimizer: str = TrainSpec.optimizer
    momentum: float = TrainSpec.momentum
    weight_decay: float = TrainSpec.weight_decay
    init: str = TrainSpec.init
    batch_order: str = TrainSpec.batch_order
    eval_every: int = TrainSpec.eval_every
    seed: int = TrainSpec.seed

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters by name; `deep` changes nothing, as none is an estimator."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    def set_params(self, **params: Any) -> Self:
        """Set parameters; they are checked in `fit`. Raises ValueError for an unknown name."""
        known = self.get_params()
        for name, value in params.items():
            if name not in known:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {type(self).__name__}. "
                    f"Valid parameters are: {list(known)!r}."
                )
            setattr(self, name, value)
        return self

    def fit(
        self,
        X: ArrayLike,  # noqa: N803
        y: ArrayLike,
        X_test: ArrayLike | None = None,  # noqa: N803
        y_test: ArrayLike | None = None,
    ) -> Self:
        """Learn from examples X (n, length), numbers that float32 holds, and their labels y (n,).

        X_test (m, length) and y_test (m,) are only measured, for `records_`; nothing is learned
        from them. Nothing is centred or scaled: `make_dataset` has done so already. Raises
        ValueError (BadValueError, with `field`, `value` and `allowed`, for a parameter).
        """
        x = inputs.examples(X)
        answers = inputs.labels(y, len(x))
        spec = TrainSpec(model=self._name, **self.get_params())
        spec = dataclasses.replace(spec, batch_size=min(spec.batch_size, len(x)))
        self.n_features_in_ = x.shape[1]
        self._keep_names(X)
        self.classes_, places = np.unique(answers, return_inverse=True)
        test = None if X_test is None else self._test(X_test, y_test)
        train = (self._signals(x), places.astype(np.int32))
        model = self._model(len(train[0]), len(self.classes_))
        params = initialiser(model, spec.init)(np.random.default_rng(spec.seed))
        self.records_ = _trained(spec, model.network(params), train, test, params)
        self.weights_: Params = params
        return self

    def predict(self, X: ArrayLike) -> NDArray[Any]:  # noqa: N803
        """Return the likeliest label of each example of X (n, length), (n,)."""
        logits = self._logits(X)
        found: NDArray[Any] = self.classes_[logits.argmax(1)]
        return found

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Return the softmax of the network's answers to X (n, length), float64 (n, classes)."""
        logits = self._logits(X).astype(np.float64)
        powers = np.exp(logits - logits.max(1, keepdims=True))
        return np.asarray(powers / powers.sum(1, keepdims=True))

    def score(self, X: ArrayLike, y: ArrayLike) -> float:  # noqa: N803
        """Return the accuracy on X (n, length) and its labels y (n,): a share, 0 to 1."""
        found = self.predict(X)
        return float(np.mean(found == inputs.labels(y, len(found))))

    def __sklearn_tags__(self) -> Any:
        """Return what scikit-learn asks of an estimator; only scikit-learn calls this."""
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags

        return Tags(
            estimator_type="classifier",
            target_tags=TargetTags(required=True),
            classifier_tags=ClassifierTags(),
            input_tags=InputTags(),
        )

    def _model(self, length: int, classes: int) -> Model:
        raise NotImplementedError

    def _signals(self, x: inputs.Examples) -> Array:
        """Return examples (n, length) as networks take them, (length, n)."""
        return np.ascontiguousarray(x.T)

    def _keep_names(self, X: object) -> None:  # noqa: N803
        names = inputs.feature_names(X)
        if names is not None:
            self.feature_names_in_ = names
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_

    def _test(self, X: ArrayLike, y: ArrayLike | None) -> tuple[Array, NDArray[np.int32]]:  # noqa: N803
        x = inputs.examples(X, self.n_features_in_, type(self).__name__)
        answers = inputs.labels(y, len(x))
        places = np.searchsorted(self.classes_, answers).clip(max=len(self.classes_) - 1)
        if (self.classes_[places] != answers).any():
            raise ValueError("y_test must have labels of y alone, got a class that is not in y.")
        return self._signals(x), places.astype(np.int32)

    def _logits(self, X: ArrayLike) -> NDArray[np.float32]:  # noqa: N803
        if not hasattr(self, "weights_"):
            raise inputs.not_fitted(self)
        inputs.check_names(self, X)
        x = self._signals(inputs.examples(X, self.n_features_in_, type(self).__name__))
        network: Any = self._model(len(x), len(self.classes_)).network(self.weights_)
        found = []
        # Always batches of one size: an answer does not depend on what else is asked.
        for start in range(0, x.shape[1], EVALUATION_BATCH):
            part = x[:, start : start + EVALUATION_BATCH]
            whole = np.pad(part, ((0, 0), (0, EVALUATION_BATCH - part.shape[1])))
            found.append(network.activations(whole)["logits"][:, : part.shape[1]])
        return np.concatenate(found, 1).T


def _trained(
    spec: TrainSpec,
    network: Network,
    train: tuple[Array, NDArray[np.int32]],
    test: tuple[Array, NDArray[np.int32]] | None,
    params: Params,
) -> list[Record]:
    """Train a network, write its weights into `params` and return what was measured meanwhile."""
    split = Split(*train, *(test or train))
    batch, optimizer = batches(spec, len(split.y)), make_optimizer(network, spec)
    records: list[Record] = []

    def record(step: int) -> None:
        label = {"arm": spec.model, "trial": 0, "level": 0, "step": step, "sparsity": 0.0}
        if test is None:
            loss, accuracy = network.evaluate(split.x, split.y)
            records.append({**label, "train_loss": loss, "train_acc": accuracy})
        else:
            records.append({**label, **evaluate_all(network, split)})

    record(0)
    for start in range(0, spec.steps, spec.eval_every):
        end = min(start + spec.eval_every, spec.steps)
        train_steps(network, optimizer, split, batch, range(start, end), lambda *_: None)
        record(end)
    network.write(params)
    return records


class Logistic(Classifier):
    """Multinomial logistic regression, trained by gradient descent: logits = W x + b.

    Source: `LinearBase` of Greydanus & Kobak's MNIST-1D. See Classifier for all that it has.

    >>> from mnist1d_lab import Logistic, make_dataset
    >>> data = make_dataset({"num_samples": 500})
    >>> model = Logistic(steps=200).fit(data["x"], data["y"])
    >>> model.predict_proba(data["x_test"]).shape
    (100, 10)
    >>> sorted(model.weights_)
    ['linear.bias', 'linear.weight']
    """

    _name = "logistic"

    def _model(self, length: int, classes: int) -> Model:
        return mlp.Logistic(length, classes)


@dataclass(eq=False, kw_only=True)
class MLP(Classifier):
    """A multilayer perceptron with residual connections: `depth` hidden layers of `hidden` units.

    Source: `MLPBase` of Greydanus & Kobak's MNIST-1D. See Classifier for all else that it has.

    >>> from mnist1d_lab import MLP, make_dataset
    >>> data = make_dataset({"num_samples": 500})
    >>> model = MLP(hidden=50, steps=200).fit(data["x"], data["y"])
    >>> model.score(data["x"], data["y"]) > 0.9
    True
    """

    _name = "mlp"

    hidden: int = TrainSpec.hidden
    depth: int = TrainSpec.depth

    def _model(self, length: int, classes: int) -> Model:
        return mlp.MLP(length, self.hidden, classes, depth=self.depth)


class CNN(Classifier):
    """Three convolutions of stride 2 with 25 filters each, and a linear layer.

    Examples of fewer numbers than the first kernel needs (3) are padded with zeros. Source:
    `ConvBase` of Greydanus & Kobak's MNIST-1D. See Classifier for all that it has.

    >>> from mnist1d_lab import CNN, make_dataset
    >>> data = make_dataset({"num_samples": 500})
    >>> model = CNN(steps=50).fit(data["x"], data["y"], data["x_test"], data["y_test"])
    >>> [record["step"] for record in model.records_]
    [0, 50]
    """

    _name = "cnn"

    def _model(self, length: int, classes: int) -> Model:
        return cnn_gru.CNN(length, outputs=classes)

    def _signals(self, x: inputs.Examples) -> Array:
        missing = max(0, CNN_LEAST - x.shape[1])
        return super()._signals(np.pad(x, ((0, 0), (0, missing))))


class GRU(Classifier):
    """A GRU of 6 units that reads an example in both directions, and a linear layer on its states.

    Source: `GRUBase` of Greydanus & Kobak's MNIST-1D. See Classifier for all that it has.

    >>> from mnist1d_lab import GRU, make_dataset
    >>> data = make_dataset({"num_samples": 500})
    >>> model = GRU(steps=5).fit(data["x"], data["y"])
    >>> model.predict(data["x_test"]).dtype
    dtype('int64')
    """

    _name = "gru"

    def _model(self, length: int, classes: int) -> Model:
        return cnn_gru.GRU(length, outputs=classes)
