import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.data import read_idx, write_idx
from grader.errors import DataError

SMALL = write_idx(np.arange(12, dtype=np.uint8).reshape(3, 2, 2))


@given(
    arrays.arrays(np.uint8, arrays.array_shapes(min_dims=1, max_dims=4, max_side=5)), st.booleans()
)
def test_what_was_written_is_read_back(array, compress):
    assert np.array_equal(read_idx(write_idx(array, compress=compress), "x"), array)


def test_the_same_array_gives_the_same_compressed_bytes():
    array = np.arange(100, dtype=np.uint8)
    assert write_idx(array, compress=True) == write_idx(array, compress=True)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "does not start"),
        (b"<html>not found</html>", "does not start"),
        (SMALL[:6], "ends inside its header"),
        (SMALL[:-1], "promises 12 bytes, 11 follow"),
        (SMALL + b"x", "promises 12 bytes, 13 follow"),
        (b"\0\0\x0d\x01" + SMALL[4:], "type 13"),
        (b"\0\0\x08\x01\xff\xff\xff\xff", "promises 4,294,967,295 bytes"),
        (gzip.compress(SMALL, mtime=0)[:-9], "end early"),
        (b"\x1f\x8bxxxx", "damaged"),
    ],
)
def test_a_corrupt_file_is_named_with_the_reason(raw, reason):
    with pytest.raises(DataError, match=reason) as caught:
        read_idx(raw, "train-images")
    assert str(caught.value).startswith("train-images: ")
