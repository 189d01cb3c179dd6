# %% [markdown]
# # Softmax and the cross-entropy loss
#
# A network ends in raw scores. Write the four steps from there to the loss: probabilities, their
# logarithms, the negative log likelihood of the right class, and all of it in one. `README.md` has
# the formulas, a worked example and the reason why the obvious way overflows.
#
# Every function leaves its input as it is, keeps its dtype, and lets the gradient through.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## Scores to probabilities


# %%
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Turn scores into probabilities along one axis.

        out[i] = exp(x[i]) / sum over j of exp(x[j])

    Args:
        x: scores of any shape, float32 or float64, any real numbers.
        dim: the axis along which the probabilities sum to 1. It may be negative, counted from the
            end; the default is the last axis.

    Returns:
        A tensor of the shape of x with values in [0, 1]. Large scores, for example from -1000 to
        1000, give the right probabilities, not nan or inf. Each slice along dim is scaled on its
        own, so rows that are far apart do not disturb each other. The dtype of x is kept. The
        gradient reaches x. The input x is not changed. It works for any memory layout, for
        example after a transpose.

    Source:
        Goodfellow, Bengio and Courville, Deep Learning (2016), section 4.1.

    Example:
        >>> softmax(torch.tensor([[0.0, 0.0], [1000.0, 1000.0]]))
        tensor([[0.5000, 0.5000],
                [0.5000, 0.5000]])
    """
    # BEGIN SOLUTION
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return powers / powers.sum(dim=dim, keepdim=True)
    # END SOLUTION


# %% [markdown]
# ## Scores to log-probabilities


# %%
def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    """Turn scores into the logarithms of probabilities along one axis.

        out[i] = x[i] - log(sum over j of exp(x[j]))

    The logarithm is the natural one.

    Args:
        x: scores of any shape, float32 or float64, any real numbers.
        dim: the axis along which the probabilities sum to 1. It may be negative, counted from the
            end; the default is the last axis.

    Returns:
        A tensor of the shape of x with values of 0 or less. It is exact also where a probability is
        too small for a float: a score that lies 200 below the largest gives -200, not -inf. Large
        scores, for example from -1000 to 1000, give finite results. The dtype of x is kept. The
        gradient reaches x. The input x is not changed. It works for any memory layout, for
        example after a transpose.

    Source:
        Goodfellow, Bengio and Courville, Deep Learning (2016), section 4.1.

    Example:
        >>> log_softmax(torch.tensor([0.0, 200.0]))
        tensor([-200.,    0.])
    """
    # BEGIN SOLUTION
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()
    # END SOLUTION


# %% [markdown]
# ## Log-probabilities to a loss


# %%
def nll_loss(log_probs: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """Negative log likelihood: how little probability the right classes were given.

        loss[n] = -log_probs[n, target[n]]

    Args:
        log_probs: log-probabilities [N, C], float32 or float64. Rows that are not normalised, as
            any numbers, are treated by the same formula.
        target: the right class of each sample [N], int64, from 0 to C - 1.
        reduction: "mean" for the average over the N samples, "sum" for their sum, "none" for
            one loss per sample.

    Returns:
        A tensor without axes for "mean" and "sum", a tensor of shape [N] for "none", in the dtype
        of log_probs. A log-probability of -inf at a class that is not the target changes nothing.
        The gradient reaches log_probs. It works for any memory layout, for example after a
        transpose.

    Raises:
        IndexError: a label is below 0.
        IndexError: a label is C or more.
        ValueError: log_probs and target differ in length.

    Source:
        PyTorch documentation, torch.nn.NLLLoss, without its weights and ignore_index.

    Example:
        >>> log_probs = torch.tensor([[-0.5, -1.0], [-2.0, -0.25]])
        >>> nll_loss(log_probs, torch.tensor([0, 0]))
        tensor(1.2500)
        >>> nll_loss(log_probs, torch.tensor([0, 0]), reduction="none")
        tensor([0.5000, 2.0000])
    """
    # BEGIN SOLUTION
    count, classes = log_probs.shape
    if target.shape != (count,):
        raise ValueError(
            f"{count} rows of log-probabilities, labels of shape {tuple(target.shape)}"
        )
    if ((target < 0) | (target >= classes)).any():
        raise IndexError(f"labels are from 0 to {classes - 1}")
    losses = -log_probs[torch.arange(count), target]
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.mean()
    # END SOLUTION


# %% [markdown]
# ## Scores to a loss


# %%
def cross_entropy(x: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """The loss of raw scores: log_softmax over the classes, then the negative log likelihood.

        loss[n] = log(sum over c of exp(x[n, c])) - x[n, target[n]]

    You may call the log_softmax and nll_loss that you wrote above.

    Args:
        x: raw scores [N, C], float32 or float64, any real numbers; no softmax before.
        target: the right class of each sample [N], int64, from 0 to C - 1.
        reduction: "mean" for the average over the N samples, "sum" for their sum, "none" for
            one loss per sample.

    Returns:
        A tensor without axes for "mean" and "sum", a tensor of shape [N] for "none", in the dtype
        of x. A confident mistake has a large, finite loss: the scores [[1000, 0]] with target 1
        give 1000, not inf. The gradient reaches x.

    Raises:
        IndexError: a label is below 0.
        IndexError: a label is C or more.
        ValueError: x and target differ in length.

    Source:
        PyTorch documentation, torch.nn.CrossEntropyLoss, without weights, ignore_index and
        label_smoothing.

    Example:
        >>> cross_entropy(torch.tensor([[1000.0, 0.0]]), torch.tensor([1]))
        tensor(1000.)
    """
    # BEGIN SOLUTION
    return nll_loss(log_softmax(x, dim=1), target, reduction)
    # END SOLUTION
