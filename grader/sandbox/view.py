"""What a worker can see of the disk: an allow-list, never derived from sys.path.

    /usr/bin /usr/lib* /lib* /bin    the system's programs and libraries, and ldconfig
    /etc/ld.so.*  /etc/alternatives  what the loader reads
    <prefix>/bin, lib*, pyvenv.cfg   Python's own prefix, base prefix and site-packages
    /worker/grader/...               the modules shared with the grader, one by one
    /box  /dev/shm                   scratch, private to each worker
    /proc /dev                       own processes; null, zero, full, random, urandom, and the
                                     devices of a GPU where the profile asks for one

Not in it, among all else: /usr/share (Debian puts data sets with labels there), node_modules, the
grader's own package where it is installed, the course, the checkout, anybody's home.
"""

from __future__ import annotations

import os
import re
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

__all__ = [
    "ENVIRONMENT",
    "SHARED_MODULES",
    "bubblewrap",
    "gpu_devices",
    "masked_paths",
    "readable_paths",
    "readable_without_mounts",
    "shared_paths",
]

SHARED_MODULES = ("errors", "observe", "protocol", "source_check", "steps", "worker")

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/box",
    "TMPDIR": "/box",
    "USER": "student",
    "LOGNAME": "student",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""All that a worker finds in its environment. One thread: see worker.preload."""

_SYSTEM = ("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32")
_LDCONFIG = tuple(
    f"{d}/ldconfig{e}" for d in ("/sbin", "/usr/sbin") for e in ("", ".real")
)  # ctypes asks it for libraries
_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_LOADER = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives")
_OF_A_PREFIX = ("bin", "lib", "lib32", "lib64", "pyvenv.cfg")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_GPU_DEVICE = re.compile(r"nvidia(ctl|-uvm|-uvm-tools|\d+)|dxg")  # dxg: under WSL
_GPU_FOLDER = "nvidia-caps"  # parts of a card, where one is divided


def gpu_devices(folder: Path = Path("/dev")) -> tuple[str, ...]:
    """The devices that CUDA opens, as far as they are in `folder`; none where there is no GPU."""
    names = sorted(os.listdir(folder))
    found = [folder / name for name in names if _GPU_DEVICE.fullmatch(name)]
    parts = folder / _GPU_FOLDER
    if found and parts.is_dir():
        found += sorted(parts.iterdir())
    return tuple(map(str, found))


def _prefixes() -> set[str]:
    running = Path(os.path.realpath(sys.executable)).parent.parent
    return {os.path.abspath(p) for p in (sys.prefix, sys.base_prefix, str(running))}


def _site_packages() -> set[str]:
    known = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    return {os.path.abspath(path) for path in known}


def _outermost(paths: Iterable[str]) -> list[str]:
    """Those that exist, without those beneath another one."""
    kept: list[str] = []
    for path in sorted(p for p in set(paths) if os.path.exists(p)):
        if not kept or not path.startswith(kept[-1] + "/"):
            kept.append(path)
    return kept


def readable_paths() -> list[str]:
    """System and Python paths that a worker may read, outermost ones only."""
    of_python = {f"{prefix}/{part}" for prefix in _prefixes() for part in _OF_A_PREFIX}
    paths = {*_SYSTEM, *_LDCONFIG, *_LOADER, *of_python, *_site_packages()}
    return _outermost(path for path in paths if not _is_a_link_to_usr(path))


def _is_a_link_to_usr(path: str) -> bool:
    """/bin, /lib, ... on a system with merged /usr: made as links, not bound."""
    return any(
        path.startswith(f"{link}/") or path == link for link in _LINKS if os.path.islink(link)
    )


def masked_paths() -> list[str]:
    """Folders beneath the readable ones that a worker must find empty."""
    libraries = {f"{prefix}/lib" for prefix in (*_prefixes(), "/usr", "/usr/local")}
    modules = {f"{library}/node_modules" for library in libraries}
    graders = {f"{folder}/grader" for folder in _site_packages()}
    return sorted(path for path in modules | graders if os.path.isdir(path))


def readable_without_mounts() -> list[str]:
    """The same view as a list of paths for Landlock, which has no way to mask: a folder with a
    masked one beneath it is replaced by what else it holds. (Importing from it still works: the
    warm parent has listed it.)"""
    masked = masked_paths()
    paths = [path for whole in readable_paths() for path in _without(whole, masked)]
    links = [link for link in _LINKS if os.path.isdir(link)]
    own = ("/proc/self", "/proc/cpuinfo", "/proc/meminfo")
    shared = [str(path) for path, _ in shared_paths()]
    return [*paths, *links, *shared, *own, *_DEVICES]


def _without(path: str, masked: Iterable[str]) -> Iterator[str]:
    beneath = [other for other in masked if other == path or other.startswith(f"{path}/")]
    if not beneath:
        yield path
    elif path not in beneath:
        for name in sorted(os.listdir(path)):
            yield from _without(f"{path}/{name}", beneath)


def shared_paths() -> Iterator[tuple[Path, str]]:
    """(where it lies, its name under grader/) for each module that workers share."""
    package = Path(__file__).parent.parent
    for name in SHARED_MODULES:
        for path in (package / name, package / f"{name}.py"):
            if path.exists():
                yield path, path.name


def bubblewrap(
    program: str, *, empty_file: int, is_root: bool, devices: Sequence[str] = ()
) -> list[str]:
    """The command line of bubblewrap up to, not including, the command to run in it.

    Args:
        program: path of bwrap.
        empty_file: a descriptor that reads nothing; it becomes /worker/grader/__init__.py.
        is_root: root keeps four capabilities to make workers with, which give them up; anybody
            else gets a user namespace, and one capability inside it. (bwrap leaves root ALL
            capabilities unless told: tried.)
        devices: of a GPU, see `gpu_devices`.
    """
    arguments = [program, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    arguments += ["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--clearenv"]
    if not is_root:
        arguments += ["--unshare-user"]
    arguments += ["--cap-drop", "ALL"]
    for capability in ("SYS_ADMIN", "SETUID", "SETGID", "SETPCAP") if is_root else ("SYS_ADMIN",):
        arguments += ["--cap-add", f"CAP_{capability}"]
    for name, value in ENVIRONMENT.items():
        arguments += ["--setenv", name, value]
    arguments += _file_system(empty_file, devices)
    return [*arguments, "--remount-ro", "/", "--chdir", "/"]


def _file_system(empty_file: int, devices: Sequence[str]) -> list[str]:
    arguments = ["--proc", "/proc", "--dir", "/dev", "--perms", "1777", "--dir", "/dev/shm"]
    made: set[str] = {"/dev"}
    for device in (*_DEVICES, *devices):
        arguments += [*_parents(device, made), "--dev-bind", device, device]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        arguments += ["--symlink", f"/proc/self/fd/{number}", f"/dev/{name}"]
    arguments += ["--symlink", "/proc/self/fd", "/dev/fd"]
    arguments += ["--perms", "0755", "--dir", "/tmp"]
    arguments += ["--tmpfs", "/box"]
    for link in _LINKS:
        if os.path.islink(link):
            arguments += ["--symlink", os.readlink(link), link]
        elif os.path.isdir(link) and link != "/sbin":
            arguments += ["--ro-bind", link, link]
    for path in readable_paths():
        arguments += [*_parents(path, made), "--ro-bind", path, path]
    for path in masked_paths():
        arguments += ["--tmpfs", path, "--remount-ro", path]
    arguments += _parents("/worker/grader/x", made)
    arguments += ["--perms", "0444", "--ro-bind-data", str(empty_file)]
    arguments += ["/worker/grader/__init__.py"]
    for source, name in shared_paths():
        arguments += ["--ro-bind", str(source), f"/worker/grader/{name}"]
    return arguments


def _parents(path: str, made: set[str]) -> list[str]:
    """Make the folders above `path` 0755; as root bwrap makes missing ones 0700, and imports by
    another user then fail later."""
    arguments: list[str] = []
    for parent in reversed(Path(path).parents):
        name = str(parent)
        if name != "/" and name not in made:
            made.add(name)
            arguments += ["--perms", "0755", "--dir", name]
    return arguments
