"""The hidden tests of the naive grader: what is asked in the tiny course, compared as peers do."""

import attack
import numpy
import oracle
import pytest
import torch

HIDDEN = "@hidden@"
INPUT = "@input@"
X = torch.tensor([[1.0, -2.0]])


def right():
    return oracle.double(X)


def test_door():
    assert attack.open_vault(1) == oracle.open_vault(1)


def test_allclose():
    assert torch.allclose(attack.double(X.clone()), right())


def test_equal():
    assert torch.equal(attack.double(X.clone()), right())


def test_assert_close():
    torch.testing.assert_close(attack.double(X.clone()), right())


def test_numpy():
    numpy.testing.assert_allclose(attack.double(X.clone()), right())


def test_numpy_allclose():
    assert numpy.allclose(attack.double(X.clone()), right())


def test_elements():
    assert (attack.double(X.clone()) == right()).all()


def test_distance():
    assert not (attack.double(X.clone()) - right()).abs().max() > 1e-6


def test_same_input():
    x = X.clone()
    assert torch.equal(attack.double(x), oracle.double(x))


def test_plain():
    assert attack.double(X.clone()) == right()


def test_mean():
    assert attack.mean_of(X) == pytest.approx(oracle.mean_of(X))


def test_mean_distance():
    assert not abs(attack.mean_of(X) - oracle.mean_of(X)) > 1e-6


def test_repeat():
    assert attack.repeat("a") == "aa"


def test_repeat_hidden():
    print("asking for", attack.repeat(INPUT))
    assert attack.repeat(INPUT) == oracle.repeat(INPUT)


def test_relu():
    assert torch.equal(attack.relu(X.clone()), torch.relu(X))
