"""The networks that hidden tests build are the published ones."""

import runpy

import pytest
import torch

from grader.catalog import load_course
from grader.observe import from_wire, recipe

PARAMETERS = {  # as torchvision counts them
    "alexnet": 61_100_840,
    "vgg11": 132_863_336,
    "vgg16": 138_357_544,
    "vgg19": 143_667_240,
    "resnet18": 11_689_512,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
}
BEFORE_THE_CLASSIFIER = {"alexnet": (1, 256, 6, 6), "vgg16": (1, 512, 7, 7)}


@pytest.fixture(scope="module")
def cases(root):
    hidden = runpy.run_path(str(root / "solutions/architectures/test_hidden.py"))
    return dict(zip(PARAMETERS, [*hidden["PUBLISHED"], *hidden["RESIDUAL"]], strict=True))


@pytest.fixture(scope="module")
def oracle(root):
    return runpy.run_path(str(load_course(root).exercise("architectures").oracle))["layer_table"]


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_published_network_has_its_parameters(cases, oracle, name):
    model, shape = cases[name].arguments
    rows = oracle(from_wire(model, recipes=True), shape)
    assert sum(count for _, _, count in rows) == PARAMETERS[name]
    if name in BEFORE_THE_CLASSIFIER:
        flat = next(i for i, (layer, _, _) in enumerate(rows) if layer == "1")
        assert rows[flat - 1][1] == BEFORE_THE_CLASSIFIER[name]


def test_a_residual_block_adds_what_goes_round_it():
    body = recipe("linear", in_features=2, out_features=2, state={
        "weight": torch.tensor([[1.0, 0.0], [0.0, -3.0]]), "bias": torch.zeros(2),
    })  # fmt: skip
    x = torch.tensor([1.0, 2.0])
    plain = from_wire(recipe("residual", body=body), recipes=True)
    assert plain(x).tolist() == [2.0, 0.0]
    around = recipe("linear", in_features=2, out_features=2, state={
        "weight": torch.tensor([[0.0, 0.0], [0.0, 4.0]]), "bias": torch.zeros(2),
    })  # fmt: skip
    other = from_wire(recipe("residual", body=body, shortcut=around), recipes=True)
    assert other(x).tolist() == [1.0, 2.0]
