"""Public tests of interpretability: models small enough to check by hand.

`recipe` describes a model, which is then built where your functions run.
"""

import torch


def linear_model(recipe, weight):
    """A linear layer on flattened images, with these weights."""
    outputs, inputs = weight.shape
    state = {"weight": weight}
    linear = recipe("linear", in_features=inputs, out_features=outputs, bias=False, state=state)
    return recipe("sequential", layers=[recipe("flatten"), linear])


def test_the_second_layer_sees_the_first(submission, recipe):
    """What the ReLU after the flatten returns."""
    model = recipe("sequential", layers=[recipe("flatten"), recipe("relu")])
    x = torch.tensor([[[-1.0, 2.0]]])
    submission.feature_maps.returns(torch.tensor([[-1.0, 2.0]]), model, x, "0")
    submission.feature_maps.returns(torch.tensor([[0.0, 2.0]]), model, x, "1")


def test_two_filters(submission):
    """The example of the statement: one filter of three numbers, one that is constant."""
    weight = torch.tensor([[[[-1.0, 0.0, 3.0]]], [[[5.0, 5.0, 5.0]]]])
    expected = torch.tensor([[[[0.0, 0.25, 1.0]]], [[[0.0, 0.0, 0.0]]]])
    submission.filter_images.returns(expected, weight)


def test_saliency_of_a_linear_model(submission, recipe):
    """Weights 1, -2 in channel 0 and 3, 0 in channel 1: the larger magnitudes are 3 and 2."""
    model = linear_model(recipe, torch.tensor([[1.0, -2.0, 3.0, 0.0], [0.0, 0.0, 0.0, 0.0]]))
    expected = torch.tensor([[[3.0, 2.0]]])
    submission.saliency.returns(expected, model, torch.zeros(1, 2, 1, 2), torch.tensor([0]))


def test_fgsm_on_two_pixels(submission, recipe):
    """The example of the statement: the first pixel goes down, the second one up."""
    model = linear_model(recipe, torch.tensor([[1.0, -1.0], [0.0, 0.0]]))
    x, expected = torch.tensor([[[[0.5, 0.75]]]]), torch.tensor([[[[0.25, 1.0]]]])
    submission.fgsm.returns(expected, model, x, torch.tensor([0]), 0.25)


def test_two_steps_towards_a_larger_activation(submission, recipe):
    """The example of the statement: the gradient is [1, -2] in both steps."""
    model = linear_model(recipe, torch.tensor([[1.0, -2.0]]))
    expected = torch.tensor([[[[0.5, -1.0]]]])
    start = torch.zeros(1, 1, 1, 2)
    submission.maximise_activation.returns(expected, model, start, 0, steps=2, lr=0.25)
