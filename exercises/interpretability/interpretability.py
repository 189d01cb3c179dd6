# Looking into a network
#
# Five ways to ask a network what it sees: the maps inside of it, its filters, the pixels that
# matter, the smallest change that misleads it, and the picture that it likes best.
# The statement (README.md) has the formulas and worked examples.
#
# In all of them the model is asked, not trained: its weights stay as they are.


import torch
import torch.nn.functional as F
from torch import Tensor, nn

# The maps inside


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    """What one layer returns while the model looks at a batch.

    Args:
        model: any network made of modules.
        x: a batch that the model takes, N samples.
        layer: the layer's name as in model.named_modules(), for example "0", or "features.3" for
            a layer inside of another module.

    Returns:
        The output of that layer for all N samples, with all its channels, as a tensor of its own:
        the values are those at the moment when the layer returned them, also if a later layer,
        such as ReLU with inplace=True, writes into them. A hook that was registered is removed
        again, and the model is left as it was.

    Source:
        PyTorch documentation, torch.nn.Module.register_forward_hook.

    Example:
        >>> model = nn.Sequential(nn.Flatten(), nn.ReLU())
        >>> feature_maps(model, torch.tensor([[[-1.0, 2.0]]]), "1")
        tensor([[0., 2.]])
    """
    raise NotImplementedError("Write your solution here.")


# The filters


def filter_images(weight: Tensor) -> Tensor:
    """Scale each filter to [0, 1], so that it can be shown as an image.

        out[f] = (weight[f] - low) / (high - low),   low, high = smallest, largest of weight[f]

    Args:
        weight: the weight of a convolution, shape [filters, channels, height, width], floating
            point.

    Returns:
        A tensor of the same shape and dtype. Each filter has its own smallest number, which
        becomes 0, and its own largest, which becomes 1, both taken over all its channels
        together. A constant filter gives 0 everywhere. The input is not changed.

    Example:
        >>> filter_images(torch.tensor([[[[-1.0, 0.0, 3.0]]], [[[5.0, 5.0, 5.0]]]]))
        tensor([[[[0.0000, 0.2500, 1.0000]]],
        <BLANKLINE>
        <BLANKLINE>
                [[[0.0000, 0.0000, 0.0000]]]])
    """
    raise NotImplementedError("Write your solution here.")


# The pixels that matter


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    """How strongly each pixel moves the score of the class y.

        out[n, i, j] = max over c of |d score[n, y[n]] / d x[n, c, i, j]|

    Args:
        model: gives scores [N, number of classes]; the samples do not influence each other.
        x: images, shape [N, C, H, W], floating point.
        y: for each image the class to explain, shape [N], int64. It need not be the class with
            the largest score.

    Returns:
        A tensor of shape [N, H, W], 0 or more. Each image is treated on its own: its map does not
        depend on the other images of the batch. The input x is not changed, and the model is left
        as it was.

    Source:
        Simonyan, Vedaldi and Zisserman, Deep Inside Convolutional Networks (2013), section 3.

    Example:
        >>> model = nn.Sequential(nn.Flatten(), nn.Linear(4, 2, bias=False))
        >>> _ = model[1].weight.data.copy_(torch.tensor([[1.0, -2, 3, 0], [0, 0, 0, 0]]))
        >>> saliency(model, torch.zeros(1, 2, 1, 2), torch.tensor([0]))
        tensor([[[3., 2.]]])
    """
    raise NotImplementedError("Write your solution here.")


# The smallest change that misleads


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    """One step of the fast gradient sign method: an image that the model gets wrong.

        out = clamp(x + eps * sign(d loss / d x), 0, 1)

    The loss is the cross-entropy of model(x), which are raw scores, and y. You may use
    torch.nn.functional.cross_entropy.

    Args:
        model: gives scores [N, number of classes].
        x: images, shape [N, C, H, W], fractions in [0, 1].
        y: the true classes, shape [N], int64.
        eps: how far each pixel moves, a fraction of the range from black to white, 0 or more.

    Returns:
        The changed images, a tensor of the shape of x, limited to [0, 1]. A pixel that does not
        matter, with gradient 0, stays as it is. With eps 0 they are x itself. The input x is not
        changed, and the model is left as it was.

    Source:
        Goodfellow, Shlens and Szegedy, Explaining and Harnessing Adversarial Examples (2014),
        section 4.

    Example:
        >>> model = nn.Sequential(nn.Flatten(), nn.Linear(2, 2, bias=False))
        >>> _ = model[1].weight.data.copy_(torch.tensor([[1.0, -1.0], [0.0, 0.0]]))
        >>> fgsm(model, torch.tensor([[[[0.5, 0.75]]]]), torch.tensor([0]), 0.25)
        tensor([[[[0.2500, 1.0000]]]])
    """
    raise NotImplementedError("Write your solution here.")


# The picture it likes best


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    """Change the images, step by step, so that one unit of the output responds more strongly.

        repeat `steps` times:   x = x + lr * d (activation of x) / d x

    The activation of an image is the model's output at `unit`; no softmax is applied to it.

    Args:
        model: gives outputs [N, number of units]; the samples do not influence each other.
        x: the images to start from, shape [N, C, H, W], floating point, of any range.
        unit: which output to maximise.
        steps: number of steps, 0 or more; the gradient is taken afresh in each of them.
        lr: length of a step, in units of the gradient.

    Returns:
        The changed images, a tensor of the shape of x, not limited to any range. With 0 steps
        they are x itself. Each image is treated on its own. The input x is not changed, and the
        model is left as it was: only the image learns.

    Source:
        Mordvintsev, Olah and Tyka, Inceptionism: Going Deeper into Neural Networks (2015);
        Erhan and others, Visualizing Higher-Layer Features of a Deep Network (2009).

    Example:
        >>> model = nn.Sequential(nn.Flatten(), nn.Linear(2, 1, bias=False))
        >>> _ = model[1].weight.data.copy_(torch.tensor([[1.0, -2.0]]))
        >>> maximise_activation(model, torch.zeros(1, 1, 1, 2), 0, steps=2, lr=0.25)
        tensor([[[[ 0.5000, -1.0000]]]])
    """
    raise NotImplementedError("Write your solution here.")
