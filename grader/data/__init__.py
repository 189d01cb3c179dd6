"""Image data for training: fetched, checked, cached; nothing here is ever bound into a box."""

from grader.data.fetch import Progress, data_folder, fetch, find_cached
from grader.data.idx import read_idx, write_idx
from grader.data.images import Data, Images, subset
from grader.data.known import KNOWN, KnownData, known
from grader.data.reading import read_data

__all__ = [
    "KNOWN",
    "Data",
    "Images",
    "KnownData",
    "Progress",
    "data_folder",
    "fetch",
    "find_cached",
    "known",
    "read_data",
    "read_idx",
    "subset",
    "write_idx",
]
