"""What a worker sees of the disk, and how the command line says so."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from grader.sandbox import view

PACKAGE = Path(view.__file__).parent.parent


def bound(arguments):
    """(option, source, target) of each bind."""
    return [
        tuple(arguments[i : i + 3])
        for i, word in enumerate(arguments)
        if word in {"--ro-bind", "--bind", "--dev-bind"}
    ]


@pytest.fixture(params=[True, False], ids=["root", "user"])
def arguments(request):
    return view.bubblewrap("bwrap", empty_file=9, is_root=request.param)


def test_nothing_is_bound_writable_but_devices(arguments):
    assert all(option != "--bind" for option, _, _ in bound(arguments))
    devices = {source for option, source, _ in bound(arguments) if option == "--dev-bind"}
    assert devices == {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}


NODES = (
    "null", "nvidia0", "nvidia1", "nvidiactl", "nvidia-modeset", "nvidia-uvm", "nvidia-uvm-tools",
    "nvidia-caps/nvidia-cap1", "sda", "dri/card0", "kvm",
)  # fmt: skip


@pytest.fixture
def devices(tmp_path):
    """A /dev with files for the nodes that it is asked for."""

    def make(*names):
        for name in names:
            node = tmp_path / name
            node.parent.mkdir(exist_ok=True)
            node.touch()
        return view.gpu_devices(tmp_path)

    return make


def test_of_a_gpu_the_devices_that_cuda_opens_are_bound_and_no_other(devices, tmp_path):
    found = devices(*NODES)
    assert [os.path.relpath(path, tmp_path) for path in found] == [
        "nvidia-uvm", "nvidia-uvm-tools", "nvidia0", "nvidia1", "nvidiactl",
        "nvidia-caps/nvidia-cap1",
    ]  # fmt: skip
    arguments = view.bubblewrap("bwrap", empty_file=9, is_root=True, devices=found)
    for path in found:
        assert ("--dev-bind", path, path) in bound(arguments)


def test_under_wsl_the_gpu_is_one_device(devices, tmp_path):
    assert devices("null", "dxg") == (str(tmp_path / "dxg"),)


def test_where_there_is_no_gpu_nothing_is_bound_for_one(devices):
    assert devices("null", "sda", "nvidia-caps/nvidia-cap1") == ()


def test_folders_of_devices_can_be_entered_by_another_user(devices):
    found = devices(*NODES)
    arguments = view.bubblewrap("bwrap", empty_file=9, is_root=True, devices=found)
    folder = os.path.dirname(found[-1])
    place = arguments.index(folder)
    assert arguments[place - 3 : place] == ["--perms", "0755", "--dir"]


def test_shared_modules_are_bound_one_by_one(arguments):
    targets = {target for _, _, target in bound(arguments) if target.startswith("/worker")}
    assert "/worker/grader" not in targets
    assert {"/worker/grader/errors.py", "/worker/grader/protocol"} <= targets
    assert not targets & {f"/worker/grader/{name}" for name in ("model", "sandbox", "runner")}


def test_the_checkout_and_shared_data_are_not_bound(arguments):
    for _, source, _ in bound(arguments):
        assert not str(PACKAGE).startswith(source)
        assert not "/usr/share/x".startswith(source + "/")


def test_only_root_keeps_what_it_takes_to_change_users():
    root = view.bubblewrap("bwrap", empty_file=9, is_root=True)
    user = view.bubblewrap("bwrap", empty_file=9, is_root=False)
    assert "CAP_SETUID" in root
    assert "--unshare-user" not in root
    assert "CAP_SETUID" not in user
    assert "--unshare-user" in user


def test_everything_is_given_up_before_anything_is_kept(arguments):
    assert arguments.index("--cap-drop") < arguments.index("--cap-add")
    assert arguments[arguments.index("--cap-drop") + 1] == "ALL"


def test_a_grader_installed_in_site_packages_is_masked(tmp_path, monkeypatch):
    (tmp_path / "site-packages" / "grader").mkdir(parents=True)
    monkeypatch.setattr(view, "_site_packages", lambda: {str(tmp_path / "site-packages")})
    masked = str(tmp_path / "site-packages" / "grader")
    assert masked in view.masked_paths()
    arguments = view.bubblewrap("bwrap", empty_file=9, is_root=False)
    assert arguments[arguments.index(masked) - 1] == "--tmpfs"


def test_global_node_modules_are_masked(tmp_path, monkeypatch):
    (tmp_path / "lib" / "node_modules").mkdir(parents=True)
    monkeypatch.setattr(view, "_prefixes", lambda: {str(tmp_path)})
    assert str(tmp_path / "lib" / "node_modules") in view.masked_paths()


def test_a_prefix_gives_its_programs_and_libraries_only(tmp_path, monkeypatch):
    """A virtual environment may be made in the very folder of a course."""
    for name in ("bin", "lib", "solutions", "gradebook"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(view, "_prefixes", lambda: {str(tmp_path)})
    monkeypatch.setattr(view, "_site_packages", set)
    inside = [path for path in view.readable_paths() if path.startswith(str(tmp_path))]
    assert inside == [str(tmp_path / "bin"), str(tmp_path / "lib")]


def test_paths_within_bound_ones_are_not_bound_again():
    paths = view.readable_paths()
    assert not [p for p in paths for q in paths if p != q and p.startswith(q + "/")]


WALK = """
import hashlib, os
def attack(wanted, names):
    wanted = dict(wanted)
    found, seen = [], 0
    for folder, folders, files in os.walk('/', followlinks=False):
        if folder == '/':
            folders.remove('proc')
        for name in files:
            seen += 1
            path = os.path.join(folder, name)
            if name in names:
                found.append(path)
            try:
                if not os.path.isfile(path) or os.path.getsize(path) not in wanted:
                    continue
                with open(path, 'rb') as file:
                    if hashlib.sha256(file.read()).hexdigest() in wanted[os.path.getsize(path)]:
                        found.append(path)
            except OSError:
                pass
    return seen, found
"""


@pytest.mark.sandbox
def test_no_file_of_the_course_or_the_grader_is_in_the_view(run, root):
    """Walks all that a worker can see for the content of hidden tests, oracles and the grader."""
    shared = {path for source, _ in view.shared_paths() for path in [source, *source.rglob("*")]}
    secret = [
        path
        for folder in ("solutions", "exercises", "grader")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file() and path not in shared and path.stat().st_size > 40
    ]
    assert len(secret) > 30
    wanted = {}
    for path in secret:
        data = path.read_bytes()
        wanted.setdefault(len(data), []).append(hashlib.sha256(data).hexdigest())
    names = ["test_hidden.py", "t10k-labels-idx1-ubyte.gz", "course.toml"]
    seen, found = run(WALK, sorted(wanted.items()), names, seconds=120.0)
    assert seen > 1000
    assert found == []


@pytest.mark.sandbox
def test_modules_imported_late_can_be_read_by_the_workers_user(run):
    code = """
    def attack():
        import multiprocessing.queues, sqlite3, torch.fft, torch.nn.utils.prune, unittest.mock
        return 'imported'
    """
    assert run(code) == "imported"


def test_the_environment_names_one_thread_and_no_path_of_the_grader():
    assert view.ENVIRONMENT["OMP_NUM_THREADS"] == "1"
    assert not [value for value in view.ENVIRONMENT.values() if sys.prefix in value]
    assert os.getcwd() not in view.ENVIRONMENT.values()
