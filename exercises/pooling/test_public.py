"""Public tests of pooling: small images with their answers, to run while you work."""

import torch

EDGE = torch.tensor(
    [
        [
            [0.0, 0.0, 0.0, 9.0, 9.0, 9.0],
            [0.0, 0.0, 0.0, 9.0, 9.0, 9.0],
            [0.0, 0.0, 0.0, 9.0, 9.0, 9.0],
            [0.0, 9.0, 0.0, 9.0, 9.0, 9.0],
        ]
    ]
)
ROW = torch.tensor([[[1.0, 2.0, 3.0, 4.0, 5.0]]])


def test_max_of_the_edge_image(submission):
    """The image of the statement: the dot and the edge keep their 9."""
    expected = torch.tensor([[[0.0, 9.0, 9.0], [9.0, 9.0, 9.0]]])
    submission.max_pool2d.returns(expected, EDGE, 2)


def test_max_drops_a_part_of_a_window(submission):
    """Five pixels hold two windows of two; the third one counts in ceil mode only."""
    submission.max_pool2d.returns(torch.tensor([[[2.0, 4.0]]]), ROW, (1, 2))
    submission.max_pool2d.returns(torch.tensor([[[2.0, 4.0, 5.0]]]), ROW, (1, 2), ceil_mode=True)


def test_padding_never_wins(submission):
    """The example of the statement: negative pixels at the border stay negative."""
    x = torch.tensor([[[-3.0, -5.0]]])
    submission.max_pool2d.returns(x, x, (1, 2), stride=2, padding=(0, 1))


def test_average_of_the_edge_image(submission):
    """The image of the statement: a trace of the dot, half of the edge."""
    expected = torch.tensor([[[0.0, 4.5, 9.0], [2.25, 4.5, 9.0]]])
    submission.avg_pool2d.returns(expected, EDGE, 2)


def test_average_with_padding(submission):
    """Padding counts in the average, unless count_include_pad is False."""
    x = torch.tensor([[[-3.0, -5.0]]])
    submission.avg_pool2d.returns(
        torch.tensor([[[-1.5, -2.5]]]), x, (1, 2), stride=2, padding=(0, 1)
    )
    submission.avg_pool2d.returns(x, x, (1, 2), stride=2, padding=(0, 1), count_include_pad=False)
