"""Workers that may use a GPU. This suite needs none: an ordinary device stands for one."""

from __future__ import annotations

import pytest

from grader.errors import SandboxError
from grader.model import Limits
from grader.sandbox import Sandbox, view

pytestmark = pytest.mark.sandbox

PROBE = """
import errno, fcntl, os, resource
def attack(path):
    open(path, "rb").close()
    try:
        fcntl.ioctl(0, 0xC0DE, bytes(8))
        answer = "done"
    except OSError as error:
        answer = errno.errorcode[error.errno]
    return os.path.exists("/dev/kvm"), answer, resource.getrlimit(resource.RLIMIT_AS)[1]
"""


def test_without_a_gpu_cuda_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(view, "gpu_devices", lambda: ())
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="--device cpu"):
        sandbox.spawn(Limits(), "train-cuda")


@pytest.mark.slow
def test_a_worker_with_a_gpu_may_ask_its_driver_and_reserve_addresses(monkeypatch, student):
    monkeypatch.setattr(view, "gpu_devices", lambda: ("/dev/tty",))
    with Sandbox() as sandbox:
        box = sandbox.spawn(Limits(), "train-cuda")
        student.load(box, PROBE)
        has_others, answer, addresses = student.call(box, "/dev/null")
        box.close()
    assert not has_others
    assert answer == "ENOTTY"  # from the driver of /dev/null; the filter would say EPERM
    assert addresses == -1


def test_any_other_worker_may_not(boxes, student):
    box = boxes()
    student.load(box, PROBE)
    _, answer, addresses = student.call(box, "/dev/null")
    assert answer == "EPERM"
    assert addresses > 0
