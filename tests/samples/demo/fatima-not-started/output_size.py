# Output size of convolution and pooling


def conv_out(
    size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Size of the output of a convolution along one axis."""
    raise NotImplementedError("Write your solution here.")


def pool_out(
    size: int,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Size of the output of a pooling layer along one axis."""
    raise NotImplementedError("Write your solution here.")


def same_padding(kernel_size: int, dilation: int = 1) -> tuple[int, int]:
    """Padding that keeps the size in a convolution with stride 1, as (left, right)."""
    raise NotImplementedError("Write your solution here.")
