# A network for handwritten digits
#
# The capstone: a convolutional network, one step of its training and its evaluation. The grader
# trains your network within a budget and measures it on images that nobody has seen.
# `README.md` explains each part.


from collections.abc import Iterable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# The network


class MnistCNN(nn.Module):
    """Log-probabilities of the ten digits for images of 28 x 28 pixels.

    forward takes float32 images [N, 1, 28, 28] with values in [0, 1] and returns a tensor
    [N, 10]: in each row the natural logarithms of ten probabilities, which sum to 1. What a row
    says depends on its own image only; no activation follows the last layer but log_softmax, and
    every parameter is used.

    Note:
        Normalise the images here, or in a function `preprocess(images)` beside this class: the
        grader applies it in training and in evaluation alike. MNIST has mean 0.1307 and standard
        deviation 0.3081.

    Example:
        >>> MnistCNN()(torch.zeros(3, 1, 28, 28)).shape
        torch.Size([3, 10])
    """

    def __init__(self) -> None:
        raise NotImplementedError("Write your solution here.")

    def forward(self, images: Tensor) -> Tensor:
        raise NotImplementedError("Write your solution here.")


# How it is trained
#
# These four may stay as they are. Change them, and the budget tells whether it was worth it.
# `EPOCHS` counts up to 20 and `BATCH_SIZE` up to 4,096.


EPOCHS = 1
BATCH_SIZE = 64


def build_model() -> nn.Module:
    """The network to train, freshly initialised."""
    return MnistCNN()


def make_optimizer(model: nn.Module) -> torch.optim.Optimizer:
    """The optimiser of the network's parameters."""
    return torch.optim.Adam(model.parameters(), lr=1e-3)


# One step of training


def train_step(
    model: nn.Module, optimizer: torch.optim.Optimizer, images: Tensor, labels: Tensor
) -> float:
    """Improve the model by one step of the optimiser on one batch.

        loss = -mean over n of model(images)[n, labels[n]]

    Args:
        model: returns log-probabilities [N, C] for images. It may be in eval mode; the step is
            made in train mode.
        optimizer: of the model's parameters. Gradients of earlier steps have no influence.
        images: a batch [N, ...] of float32.
        labels: [N] of int64, from 0 to C - 1.

    Returns:
        The loss of this batch before the step, as a Python float.

    Source:
        The training loop of pytorch/examples, mnist/main.py.
    """
    raise NotImplementedError("Write your solution here.")


# Evaluation


def evaluate(model: nn.Module, loader: Iterable[tuple[Tensor, Tensor]]) -> float:
    """The share of images that the model recognises.

        share = (number of images whose largest output is at their label) / (number of images)

    Args:
        model: returns one row of outputs for each image.
        loader: batches of images [N, ...] and labels [N]. The batches may differ in size.

    Returns:
        A Python float in [0, 1], over all images of all batches. The outputs are computed in eval
        mode. No gradients are computed. Afterwards the model is in the mode that it was in
        before.

    Source:
        The test loop of pytorch/examples, mnist/main.py.
    """
    raise NotImplementedError("Write your solution here.")
