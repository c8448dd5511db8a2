"""Ten steps of SimCLR beside PyTorch's; the probes beside scikit-learn's, on the published data."""

from pathlib import Path

import numpy as np
import pytest

from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.split import split_of
from mnist1d_lab.self_supervised import published
from mnist1d_lab.self_supervised.encoder import Encoder
from mnist1d_lab.self_supervised.info_nce import InfoNCE
from mnist1d_lab.self_supervised.linear_probe import linear_probe
from mnist1d_lab.self_supervised.nearest import knn_accuracy, nearest
from mnist1d_lab.self_supervised.spec import NEGATIVES, ContrastSpec
from mnist1d_lab.self_supervised.training import Contrast

STEPS = 10


def stored():
    with np.load(Path(__file__).with_name("torch_contrast.npz")) as file:
        return dict(file)


def test_losses_gradients_and_weights_follow_pytorch(backend, report):
    file = stored()
    params = {key[5:]: array.copy() for key, array in file.items() if key.startswith("init/")}
    length, filters = file["x"].shape[2], len(params["conv1.bias"])
    network = Encoder(length, 2, filters).network(params)
    spec = ContrastSpec(temperature=float(file["temperature"]))
    training = Contrast(spec, np.zeros((length, 4), np.float32), network)
    adam = Adam(network.values, network.grads, None, float(file["learning_rate"]))
    assert len(file["losses"]) == STEPS
    worst = 0.0
    for step in range(STEPS):
        loss = training.learn(np.ascontiguousarray(file["x"][step].T))
        assert loss == pytest.approx(file["losses"][step], rel=1e-5)
        for key, grad in network.unpack(network.grads).items():
            assert grad.dtype == np.float32
            worst = max(worst, float(np.abs(grad - file[f"grad{step}/{key}"]).max()))
        adam.step()
    assert worst < 1e-5
    for key, array in network.unpack(network.values).items():
        np.testing.assert_allclose(array, file[f"final/{key}"], rtol=1e-3, atol=2e-5)
    report(f"SimCLR, ten steps, {backend}: gradients within {worst:.1e} of PyTorch's")


@pytest.mark.parametrize("negatives", NEGATIVES)
def test_the_gradient_of_info_nce_is_pytorchs(negatives, backend):
    file = stored()
    for step in range(STEPS):
        z = np.ascontiguousarray(file[f"z{step}"].T)
        loss, dz = InfoNCE(len(z), z.shape[1] // 2, float(file["temperature"]), negatives)(z)
        if negatives == "all":
            assert loss == pytest.approx(file["losses"][step], rel=1e-5)
        assert np.abs(dz - file[f"dz{step}/{negatives}"].T).max() < 1e-5


@pytest.mark.usefixtures("compiled")
def test_probes_of_the_signals_are_scikit_learns_and_the_published_ones(report):
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x, y, x_test, y_test = split_of(ContrastSpec().dataset)
    ours = linear_probe(x, y, x_test, y_test)
    peer = make_pipeline(StandardScaler(), LogisticRegression(tol=1e-6, max_iter=5000))
    theirs = 100 * peer.fit(x.T, y).score(x_test.T, y_test)
    assert abs(ours.test_acc - theirs) < 0.15  # at most one signal of a thousand
    assert ours.test_acc == pytest.approx(published.RAW_LINEAR, abs=0.5)
    vote = KNeighborsClassifier(10).fit(x.T, y)
    knn = knn_accuracy(x, y, x_test, y_test)
    assert knn == pytest.approx(100 * vote.score(x_test.T, y_test), abs=0.15)
    assert knn == pytest.approx(published.RAW_KNN, abs=0.1)
    for example in range(3):
        one = x_test[:, example : example + 1]
        assert nearest(x, one, 5).tolist() == vote.kneighbors(one.T, 5)[1][0].tolist()
    report(f"probes of the signals: linear {ours.test_acc:.1f} %, scikit-learn {theirs:.1f}, "
           f"published {published.RAW_LINEAR}; neighbours {knn:.1f} %, published "
           f"{published.RAW_KNN}")  # fmt: skip


@pytest.mark.usefixtures("compiled")
def test_a_probe_of_many_features_reaches_scikit_learns_optimum():
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    x, y, x_test, y_test = split_of(ContrastSpec().dataset)
    encoder = Encoder()
    network = encoder.network(encoder.init(np.random.default_rng(0)))
    features, test = (network.features(part, 3) for part in (x, x_test))
    ours = linear_probe(features, y, test, y_test)
    scaler = StandardScaler().fit(features.T)
    peer = LogisticRegression(tol=1e-6, max_iter=5000).fit(scaler.transform(features.T), y)
    assert ours.gradient < 2e-5
    theirs = 100 * peer.score(scaler.transform(test.T), y_test)
    assert ours.test_acc == pytest.approx(theirs, abs=0.35)
    train = 100 * peer.score(scaler.transform(features.T), y)
    assert ours.train_acc == pytest.approx(train, abs=0.15)
