"""Public tests of vanishing_gradients: networks small enough to check by hand.

`recipe` describes a model, which is then built where your function runs.
"""

import torch


def test_one_layer_of_zeros(submission, recipe):
    """The example of the statement: the gradient is [[-2, 0], [2, 0]], its norm 2.828."""
    weight = {"weight": torch.zeros(2, 2)}
    model = recipe("linear", in_features=2, out_features=2, bias=False, state=weight)
    submission.grad_norms.returns([2.828427], model, torch.tensor([[4.0, 0.0]]), torch.tensor([0]))


def test_a_norm_for_each_layer(submission, recipe):
    """Two linear layers give two numbers; without input, both of them are 0."""
    layers = [
        recipe("linear", in_features=3, out_features=4, bias=False),
        recipe("tanh"),
        recipe("linear", in_features=4, out_features=2, bias=False),
    ]
    model = recipe("sequential", layers=layers)
    submission.grad_norms.returns([0.0, 0.0], model, torch.zeros(1, 3), torch.tensor([1]))
