"""Tensors and numpy arrays to plain bytes and back, strides included.

Nothing here calls a method that a subclass may have replaced: what crosses is the data that torch
or numpy itself holds, whatever the object says of itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from grader.errors import FrameError
from grader.protocol import DTYPE_BYTES, ArrayValue, Unsendable

__all__ = ["array_from_wire", "array_to_wire", "tensor_to_wire"]

_TORCH_DTYPES: dict[str, torch.dtype] = {
    name: getattr(torch, name) for name in DTYPE_BYTES if hasattr(torch, name)
}
_TORCH_NAMES = {dtype: name for name, dtype in _TORCH_DTYPES.items()}
_MAX_DIMENSIONS = 16
_PROPERTIES: Any = torch.Tensor  # its properties, taken as descriptors
_layout = _PROPERTIES.layout.__get__
_is_quantized = _PROPERTIES.is_quantized.__get__
_is_nested = _PROPERTIES.is_nested.__get__
_requires_grad = _PROPERTIES.requires_grad.__get__
_device = _PROPERTIES.device.__get__
_dtype = _PROPERTIES.dtype.__get__


def tensor_to_wire(tensor: torch.Tensor) -> ArrayValue | Unsendable:
    """A copy of the tensor's data, on the CPU, with its strides; no autograd graph."""
    if type(tensor) is torch.Tensor:
        return _tensor_to_wire(tensor)
    with torch._C.DisableTorchFunctionSubclass():
        return _tensor_to_wire(tensor)


def _tensor_to_wire(tensor: torch.Tensor) -> ArrayValue | Unsendable:
    odd = _odd_tensor(tensor)
    if odd:
        return Unsendable(type_name=odd)
    try:
        name = _TORCH_NAMES[_dtype(tensor)]
        plain = tensor
        if name == "bfloat16":  # numpy has no such type
            plain = torch.Tensor.view(torch.Tensor.detach(tensor), torch.int16)
        array = torch.Tensor.numpy(plain, force=True)
        return _pack(array, "tensor", name, _requires_grad(tensor))
    except (RuntimeError, TypeError):  # e.g. a wrapper subclass that holds no data of its own
        return Unsendable(type_name=f"{type(tensor).__name__} without data")


def _odd_tensor(tensor: torch.Tensor) -> str:
    """What kind of tensor it is, if it is one that has no plain strided data."""
    layout = _layout(tensor)
    if layout is not torch.strided:
        return f"{str(layout).removeprefix('torch.')} tensor"
    if _is_nested(tensor):
        return "nested tensor"
    if _is_quantized(tensor) or _dtype(tensor) not in _TORCH_NAMES:
        return f"{str(_dtype(tensor)).removeprefix('torch.')} tensor"
    if _device(tensor).type == "meta":
        return "tensor on the meta device"
    return ""


def array_to_wire(array: np.ndarray[Any, Any] | np.generic) -> ArrayValue | Unsendable:
    """A copy of a numpy array's or scalar's data; negative strides are made positive."""
    is_scalar = isinstance(array, np.generic)
    plain = np.array(array) if is_scalar else np.asarray(array)
    name = plain.dtype.name
    if name not in DTYPE_BYTES:
        kind = "numpy scalar" if is_scalar else "numpy array"
        return Unsendable(type_name=f"{kind} of {name}")
    if not plain.dtype.isnative:
        plain = plain.astype(plain.dtype.newbyteorder("="))
    return _pack(plain, "scalar" if is_scalar else "array", name, False)


def _pack(
    array: np.ndarray[Any, Any], kind: Any, dtype: str, grad: bool
) -> ArrayValue | Unsendable:
    if array.ndim > _MAX_DIMENSIONS:
        return Unsendable(type_name=f"{kind} of {array.ndim} dimensions")
    width = array.itemsize
    if any(stride < 0 or stride % width for stride in array.strides):
        array = np.ascontiguousarray(array)
    if array.flags.c_contiguous:
        buffer = array.tobytes()
        strides = _contiguous(array.shape)
    else:
        strides = tuple(stride // width for stride in array.strides)
        span = 1 + sum((n - 1) * s for n, s in zip(array.shape, strides, strict=True))
        buffer = np.lib.stride_tricks.as_strided(array, (span,), (width,)).tobytes()
    return ArrayValue(
        kind=kind,
        dtype=dtype,
        shape=array.shape,
        strides=strides,
        buffer=buffer,
        requires_grad=grad,
    )


def _contiguous(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Row-major strides, as torch gives them: sizes of 0 count as 1."""
    strides: list[int] = []
    step = 1
    for size in reversed(shape):
        strides.append(step)
        step *= max(size, 1)
    return tuple(reversed(strides))


def array_from_wire(value: ArrayValue) -> Any:
    """A new tensor, numpy array or numpy scalar that shares no memory with `value`.

    Raises:
        FrameError: torch or numpy cannot make such an array.
    """
    try:
        if value.kind == "tensor":
            return _tensor(value)
        array = _numpy(value)
        return array[()] if value.kind == "scalar" else array
    except (RuntimeError, ValueError, TypeError, KeyError, OverflowError) as error:
        raise FrameError(f"no such array: {error}") from None


def _tensor(value: ArrayValue) -> torch.Tensor:
    dtype = _TORCH_DTYPES[value.dtype]
    if not value.elements:
        tensor = torch.empty(value.shape, dtype=dtype)
    else:
        raw = torch.frombuffer(
            bytearray(value.buffer), dtype=torch.uint8 if dtype is torch.bool else dtype
        )
        flat = raw != 0 if dtype is torch.bool else raw  # a byte of 2 is no truth value
        tensor = flat.as_strided(value.shape, value.strides)
    if value.requires_grad and (dtype.is_floating_point or dtype.is_complex):
        tensor.requires_grad_()
    return tensor


def _numpy(value: ArrayValue) -> np.ndarray[Any, Any]:
    if value.dtype == "bfloat16":
        raise FrameError("numpy has no bfloat16")
    if value.kind == "scalar" and value.shape:
        raise FrameError("a scalar has no shape")
    dtype = np.dtype(value.dtype)
    if not value.elements:
        return np.empty(value.shape, dtype)
    flat = np.frombuffer(bytearray(value.buffer), np.uint8 if value.dtype == "bool" else dtype)
    if value.dtype == "bool":
        flat = flat != 0
    strides = tuple(stride * dtype.itemsize for stride in value.strides)
    return np.lib.stride_tricks.as_strided(flat, value.shape, strides)
