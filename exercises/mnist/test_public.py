"""Public tests of mnist: calls with their answers, to run while you work."""

import torch


def test_evaluate_one_batch(submission, recipe):
    """Three of four images have their largest output at their label."""
    outputs = torch.tensor([[0.0, -1.0], [-2.0, -3.0], [-1.0, 0.0], [-1.0, -2.0]])
    labels = torch.tensor([0, 0, 1, 1])
    submission.evaluate.returns(0.75, recipe("flatten"), [(outputs, labels)])


def test_evaluate_batches_of_different_size(submission, recipe):
    """Two of three images in the first batch, none in the second: two of four."""
    first = torch.tensor([[0.0, -1.0], [0.0, -1.0], [0.0, -1.0]])
    second = torch.tensor([[0.0, -1.0]])
    loader = [(first, torch.tensor([0, 0, 1])), (second, torch.tensor([1]))]
    submission.evaluate.returns(0.5, recipe("flatten"), loader)


def test_train_step_returns_the_loss(submission, recipe):
    """The outputs are log_softmax(1, -1) = (-0.1269, -2.1269), and each label is at the larger."""
    layers = [
        recipe("batch_norm2d", num_features=1),
        recipe("flatten"),
        recipe("log_softmax", dim=1),
    ]
    model = recipe("sequential", layers=layers, shared="model")
    optimizer = recipe("sgd", model=model, lr=0.1)
    images = torch.tensor([[1.0, -1.0], [-1.0, 1.0]]).reshape(2, 1, 1, 2)
    submission.train_step.returns(0.126929, model, optimizer, images, torch.tensor([0, 1]))
