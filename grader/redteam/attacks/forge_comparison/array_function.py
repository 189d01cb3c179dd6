"""Returns a numpy array of a class that answers comparisons itself."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

import numpy


class Right(numpy.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, function, method, *inputs, **options):
        return numpy.True_


def double(x):
    return numpy.zeros(tuple(x.shape)).view(Right)
