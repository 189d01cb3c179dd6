"""Public tests of architectures: a small network, and two samples.

`recipe` describes a model, which is then built where your function runs.
"""

import torch


def test_a_small_network(submission, recipe):
    """The example of the statement: 8 filters of 3 * 5 * 5 weights and a bias, 608 parameters."""
    convolution = recipe("conv2d", in_channels=3, out_channels=8, kernel_size=5)
    last = recipe("linear", in_features=32, out_features=2)
    expected = [
        ("0", (1, 8, 2, 2), 608),
        ("1", (1, 8, 2, 2), 0),
        ("2", (1, 32), 0),
        ("3", (1, 2), 66),
    ]
    model = recipe("sequential", layers=[convolution, recipe("relu"), recipe("flatten"), last])
    submission.layer_table.returns(expected, model, (1, 3, 6, 6))


def test_one_guess_and_two(submission):
    """Class 2 is the second best guess of the first sample, and the last one of the second."""
    scores, y = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]]), torch.tensor([2, 2])
    submission.topk_error.returns(1.0, scores, y, k=1)
    submission.topk_error.returns(0.5, scores, y, k=2)
