"""Each public name says what it is, and those of PyTorch what to install."""

import importlib.util

import pytest

import mnist1d_lab

TORCH = {"MNIST1D", "to_torch"}


def test_every_public_name_is_told_of_and_found():
    assert {*mnist1d_lab.__all__, *TORCH} <= set(dir(mnist1d_lab))
    for name in mnist1d_lab.__all__:
        assert getattr(mnist1d_lab, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'find_ticket'"):
        mnist1d_lab.find_ticket  # noqa: B018


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="PyTorch is here")
def test_without_pytorch_its_names_say_what_to_install():
    with pytest.raises(ImportError, match=r"pip install 'mnist1d-lab\[torch\]'"):
        mnist1d_lab.MNIST1D  # noqa: B018
