"""One slice at a time, with plain loops and Python's own max."""

import torch


def _slices(x, dim, convert):
    return torch.stack([convert(row) for row in x.movedim(dim, -1).reshape(-1, x.shape[dim])])


def _along(x, dim, convert):
    moved = x.movedim(dim, -1)
    return _slices(x, dim, convert).reshape(moved.shape).movedim(-1, dim)


def _row_probabilities(row):
    largest = max(float(score) for score in row)
    powers = [torch.exp(score - largest) for score in row]
    return torch.stack([power / sum(powers) for power in powers])


def _row_log_probabilities(row):
    largest = max(float(score) for score in row)
    total = 0
    for score in row:
        total = total + torch.exp(score - largest)
    return torch.stack([(score - largest) - torch.log(total) for score in row])


def softmax(x, dim=-1):
    return _along(x, dim, _row_probabilities)


def log_softmax(x, dim=-1):
    return _along(x, dim, _row_log_probabilities)


def nll_loss(log_probs, target, reduction="mean"):
    if len(log_probs) != len(target):
        raise ValueError("one label per row, please")
    losses = []
    for row, label in zip(log_probs, target.tolist()):
        if label < 0:
            raise IndexError(label)
        losses.append(-row[label])
    if reduction == "none":
        return torch.stack(losses)
    total = sum(losses)
    return total if reduction == "sum" else total / len(losses)


def cross_entropy(x, target, reduction="mean"):
    return nll_loss(log_softmax(x, 1), target, reduction)
