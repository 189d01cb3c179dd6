"""What to do when no sandbox can be made: the complaint of the machine, in words that help."""

from __future__ import annotations

import re

__all__ = ["NO_BUBBLEWRAP", "NO_GPU", "for_fork", "for_start"]

NO_BUBBLEWRAP = (
    "bubblewrap is not installed, and student code runs only inside a sandbox: "
    "install it with `apt-get install bubblewrap`"
)
NO_GPU = (
    "training on CUDA was asked for, and there is no device of a GPU in /dev (nvidia0, nvidiactl, "
    "nvidia-uvm): load NVIDIA's driver, pass the devices on to this container "
    "(`docker run --gpus all`), or train with `--device cpu`"
)
_NO_USER_NAMESPACES = (
    "this machine does not let ordinary users make namespaces. On Ubuntu from 23.10 AppArmor "
    "forbids it: give bwrap a profile that contains `userns,` (file "
    "/etc/apparmor.d/bwrap), or run `sysctl kernel.apparmor_restrict_unprivileged_userns=0`. In "
    "Docker the default seccomp profile forbids it: start the container with a profile that "
    "allows unshare, mount and clone with namespaces"
)
_NO_SECCOMP = (
    "the system call filter cannot be made: install libseccomp with "
    "`apt-get install libseccomp2` and pyseccomp with `pip install 'cnn-grader[instructor]'`"
)
_NO_IPYTHON = (
    "notebooks are to be executed, and IPython is not installed: install it with "
    "`pip install 'cnn-grader[instructor]'`"
)
_KNOWN = (
    ("No module named 'IPython'", _NO_IPYTHON),
    ("pyseccomp", _NO_SECCOMP),
    ("libseccomp", _NO_SECCOMP),
    ("setting up uid map", _NO_USER_NAMESPACES),
    ("RTM_NEWADDR", _NO_USER_NAMESPACES),
    ("No permissions to creat", _NO_USER_NAMESPACES),
    ("Creating new namespace failed", _NO_USER_NAMESPACES),
    ("unshare", _NO_USER_NAMESPACES),
)
_MODULE = re.compile(r"No module named '(?P<name>\w+)")
_ERROR = re.compile(r"^[\w.]+(?:Error|Exception)\b.*", re.MULTILINE)


def for_start(complaint: str) -> str:
    """The message when a warm parent did not come up."""
    return _worded("the sandbox could not start", complaint)


def for_fork(complaint: str) -> str:
    """The message when a worker could not be confined."""
    return _worded("no box could be made", complaint)


def _worded(what: str, complaint: str) -> str:
    said = _short(complaint)
    for sign, remedy in _KNOWN:
        if sign in " ".join(complaint.split()):
            return f"{what}: {remedy} (the machine said: {said})"
    if (missing := _MODULE.search(complaint)) is not None:
        return (
            f"{what}: {missing['name']} is not installed where the sandbox can see it: install it "
            "in the same environment as the grader. A path that PYTHONPATH or a .pth file adds is "
            f"not seen (the machine said: {said})"
        )
    return f"{what}: {said}; `grader doctor` tells more"


def _short(complaint: str) -> str:
    """On one line; of a traceback the line that names the error."""
    errors = _ERROR.findall(complaint) if "Traceback (most recent call last)" in complaint else []
    return " ".join((errors[-1] if errors else complaint).split())[-600:] or "it gave no reason"
