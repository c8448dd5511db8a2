"""SGD's velocity fades to 0, not to denormal numbers; what a mask removes stays 0."""

import numpy as np

from mnist1d_lab.models.sgd import SGD


def test_a_velocity_fades_to_0_and_pruned_weights_stay_there(backend):
    values, grads = np.full(6, 0.1, np.float32), np.full(6, 1e-3, np.float32)
    mask = np.array([1, 1, 0, 1, 0, 1], np.float32)
    values *= mask
    sgd = SGD(values, grads, mask, 0.1, momentum=0.9, weight_decay=0.01)
    sgd.step()
    assert ((values != 0) == (mask > 0)).all()
    first = values.copy()
    plain = SGD(values, grads, mask, 0.1, momentum=0.9)
    plain.step()
    grads[:] = 0
    smallest = np.finfo(np.float32).smallest_normal
    for _ in range(1000):
        plain.step()
        assert not ((plain.velocity != 0) & (np.abs(plain.velocity) < smallest)).any()
    assert not plain.velocity.any()
    assert (values[mask > 0] < first[mask > 0]).all()
    assert not values[mask == 0].any()
