"""Public tests of loss: a few calls with their answers, to run while you work."""

import torch

LN2 = 0.6931472


def test_softmax_of_equal_scores(submission):
    """Equal scores share the probability equally."""
    submission.softmax.returns(torch.tensor([[0.5, 0.5]]), torch.tensor([[3.0, 3.0]]))


def test_softmax_of_three_scores(submission):
    """The example of the statement."""
    expected = torch.tensor([[0.6590011, 0.2424330, 0.0985659]])
    submission.softmax.returns(expected, torch.tensor([[2.0, 1.0, 0.1]]))


def test_log_softmax_of_equal_scores(submission):
    """The logarithm of one half is -0.693."""
    submission.log_softmax.returns(torch.tensor([-LN2, -LN2]), torch.tensor([5.0, 5.0]))


def test_nll_loss_picks_the_right_class(submission):
    """Row 0 has target 1, row 1 has target 0: the mean of 1.0 and 2.0."""
    log_probs = torch.tensor([[-0.5, -1.0], [-2.0, -0.25]])
    submission.nll_loss.returns(torch.tensor(1.5), log_probs, torch.tensor([1, 0]))


def test_nll_loss_without_reduction(submission):
    """With reduction="none" every sample keeps its own loss."""
    log_probs = torch.tensor([[-0.5, -1.0], [-2.0, -0.25]])
    expected = torch.tensor([1.0, 2.0])
    submission.nll_loss.returns(expected, log_probs, torch.tensor([1, 0]), reduction="none")


def test_cross_entropy_of_equal_scores(submission):
    """Two classes with equal scores: the loss is log(2)."""
    submission.cross_entropy.returns(torch.tensor(LN2), torch.zeros(1, 2), torch.tensor([1]))


def test_cross_entropy_of_the_statement(submission):
    """Three classes, two samples: the mean of 0.417030 and 1.794947."""
    scores = torch.tensor([[2.0, 1.0, 0.1], [0.5, 1.5, 0.2]])
    submission.cross_entropy.returns(torch.tensor(1.1059884), scores, torch.tensor([0, 2]))
