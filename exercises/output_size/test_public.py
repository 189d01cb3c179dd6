"""Public tests of output_size: a few calls with their answers, to run while you work."""


def test_conv_out_without_options(submission):
    """A kernel of 3 on 7 pixels fits in 5 places."""
    submission.conv_out.returns(5, 7, 3)


def test_conv_out_with_stride_and_padding(submission):
    """The example of the statement: 7 pixels, kernel 3, stride 2, padding 1."""
    submission.conv_out.returns(4, 7, 3, stride=2, padding=1)


def test_conv_out_with_dilation(submission):
    """Three taps with dilation 2 cover 5 pixels, so they fit in 3 places on 7 pixels."""
    submission.conv_out.returns(3, 7, 3, dilation=2)


def test_pool_out_puts_windows_side_by_side(submission):
    """Without a stride, windows of 2 lie side by side: 3 of them on 6 pixels."""
    submission.pool_out.returns(3, 6, 2)


def test_pool_out_in_ceil_mode(submission):
    """The example of the statement: 5 pixels give 2 full windows, 3 in ceil mode."""
    submission.pool_out.returns(2, 5, 2)
    submission.pool_out.returns(3, 5, 2, ceil_mode=True)


def test_same_padding_of_an_odd_kernel(submission):
    """A kernel of 3 needs one pixel on each side."""
    submission.same_padding.returns((1, 1), 3)


def test_same_padding_of_an_even_kernel(submission):
    """A kernel of 4 needs three pixels; the extra one goes to the right."""
    submission.same_padding.returns((1, 2), 4)
