# Vanishing gradients
#
# One function that measures how strongly the loss pulls at each layer of a network. With it you can
# see why deep networks with sigmoids hardly learned. The statement (README.md) has the figures.


import torch
import torch.nn.functional as F
from torch import Tensor, nn


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    """How strongly the loss pulls at the weights of each layer: the gradient norms of one pass.

        norm of a layer = sqrt(sum over its weights of (d loss / d weight) ** 2)

    The loss is the cross-entropy of model(x), which are raw scores, and y, averaged over the
    batch. You may use torch.nn.functional.cross_entropy.

    Args:
        model: any network made of modules; it gives scores [N, number of classes].
        x: a batch of inputs that the model takes, N samples.
        y: labels, shape [N], int64.

    Returns:
        One float for each nn.Linear and nn.Conv2d of the model, in the order of model.modules(),
        which is the order of the layers from the input on. Only the layer's weight counts, not
        its bias. The norms are not rounded: one of 1e-9 must stay 1e-9. They are Python floats,
        not tensors. The model is left as it was: neither its weights nor their .grad change.

    Source:
        Nielsen, Neural Networks and Deep Learning (2015), chapter 5; Glorot and Bengio,
        Understanding the difficulty of training deep feedforward neural networks (2010).

    Example:
        >>> model = nn.Linear(2, 2, bias=False)
        >>> model.weight.data.zero_()
        tensor([[0., 0.],
                [0., 0.]])
        >>> grad_norms(model, torch.tensor([[4.0, 0.0]]), torch.tensor([0]))
        [2.8284270763397217]
    """
    raise NotImplementedError("Write your solution here.")
