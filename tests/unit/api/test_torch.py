"""The data and the networks in PyTorch; run where PyTorch is installed."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from mnist1d_lab import (  # noqa: E402
    CNN,
    GRU,
    MLP,
    MNIST1D,
    Logistic,
    find_tickets,
    make_dataset,
    to_torch,
)
from mnist1d_lab.validation import BadValueError  # noqa: E402

DATASET = {"num_samples": 300}


@pytest.mark.parametrize("model", [Logistic, MLP, CNN, GRU])
def test_a_module_answers_as_its_estimator_does(model):
    data = make_dataset(DATASET)
    fitted = model(steps=30).fit(data["x"], data["y"])
    with torch.no_grad():
        logits = to_torch(fitted)(torch.tensor(data["x_test"], dtype=torch.float32))
    share = torch.softmax(logits.double(), 1).numpy()
    assert np.allclose(share, fitted.predict_proba(data["x_test"]), atol=1e-5)


def test_a_dataset_is_that_of_the_package_and_feeds_a_loader():
    data, test = make_dataset(DATASET), MNIST1D(DATASET, train=False, target_transform=str)
    assert np.array_equal(test.data.numpy(), data["x_test"].astype(np.float32))
    assert test[3][1] == str(data["y_test"][3])
    loader = torch.utils.data.DataLoader(MNIST1D(DATASET), batch_size=100)
    assert [tuple(x.shape) for x, _ in loader] == [(100, 40), (100, 40), (40, 40)]


def test_of_a_ticket_only_the_survivors_are_trained():
    ticket = find_tickets("quick-small", trials=1, levels=3, steps=5, hidden=20).ticket()
    module = to_torch(ticket)
    start = {name: ticket.weights[name] * mask for name, mask in ticket.masks.items()}
    assert np.array_equal(module.linear1.weight.detach().numpy(), start["linear1.weight"])
    optimizer = torch.optim.Adam(module.parameters())
    torch.nn.functional.cross_entropy(module(torch.ones(5, 40)), torch.arange(5)).backward()
    optimizer.step()
    module(torch.ones(1, 40))
    moved = module.linear2.weight.detach().numpy() != start["linear2.weight"]
    assert moved.any()
    assert not moved[~ticket.masks["linear2.weight"]].any()
    with pytest.raises(BadValueError, match="source must be a fitted estimator or a ticket"):
        to_torch(MLP())
