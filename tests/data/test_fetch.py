import dataclasses
import hashlib
import http.server
import threading

import numpy as np
import pytest

from grader.data import fetch, find_cached, known, read_data, write_idx
from grader.data.known import FILES
from grader.errors import DataError, UsageError

CONTENT = {
    name: write_idx(np.full((2, 3, 3) if "images" in name else (2,), number, np.uint8))
    for number, name in enumerate(FILES)
}
TINY = dataclasses.replace(
    known("mnist"),
    sha256={name: hashlib.sha256(raw).hexdigest() for name, raw in CONTENT.items()},
    mirrors=(),
    npm_package="",
)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_DATA", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "files"
    place.mkdir()
    for name, raw in CONTENT.items():
        (place / name).write_bytes(raw)
    return place


@pytest.fixture
def mirror(folder):
    """A local server that hands out the folder's files, compressed."""
    for name, raw in CONTENT.items():
        (folder / f"{name}.gz").write_bytes(write_idx(np.frombuffer(raw, np.uint8)))

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=str(folder))

        def translate_path(self, path):
            return super().translate_path(path.removesuffix(".gz"))

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_files_come_from_a_folder(folder, cache):
    place, source = fetch(TINY, folder=folder)
    assert place == cache / "mnist"
    assert source == str(folder)
    assert find_cached(TINY) == place


def test_files_come_from_a_mirror_with_progress(mirror):
    told = []
    data = dataclasses.replace(TINY, mirrors=(mirror,))
    _, source = fetch(data, progress=lambda *step: told.append(step))
    assert source == mirror
    assert {what for what, _, _ in told} == set(FILES)


def test_a_mirror_that_fails_gives_way_to_the_next_source(mirror):
    data = dataclasses.replace(TINY, mirrors=("http://127.0.0.1:9/", mirror))
    assert fetch(data)[1] == mirror


def test_what_is_in_the_cache_is_not_fetched_again(folder):
    fetch(TINY, folder=folder)
    assert fetch(TINY)[1] == "the cache"


def test_a_damaged_cache_is_noticed(folder, cache):
    fetch(TINY, folder=folder)
    (cache / "mnist" / FILES[0]).write_bytes(b"damaged")
    with pytest.raises(DataError, match="not the published file"):
        fetch(TINY)


def test_files_that_are_not_the_published_ones_are_not_kept(folder, cache):
    (folder / FILES[1]).write_bytes(CONTENT[FILES[0]])
    with pytest.raises(UsageError, match=r"train-labels-idx1-ubyte is not the published file"):
        fetch(TINY, folder=folder)
    assert find_cached(TINY) is None


def test_a_folder_that_lacks_a_file_is_told_which(folder):
    (folder / FILES[2]).unlink()
    with pytest.raises(UsageError, match="there is no t10k-images-idx3-ubyte"):
        fetch(TINY, folder=folder)


def test_where_nothing_answers_the_message_says_what_to_do():
    data = dataclasses.replace(TINY, mirrors=("http://127.0.0.1:9/",))
    with pytest.raises(DataError, match="grader data mnist --from FOLDER") as caught:
        fetch(data)
    assert "http://127.0.0.1:9/" in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_byte_that_changed_in_the_cache_is_noticed_when_it_is_read(folder, name):
    place, _ = fetch(TINY, folder=folder)
    raw = bytearray((place / name).read_bytes())
    raw[-1] ^= 1
    (place / name).write_bytes(raw)
    with pytest.raises(DataError, match=rf"{name} is not the published file of MNIST.*Remove .*"):
        read_data(place, TINY)
