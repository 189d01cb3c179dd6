"""The same path on every device; where there is none, the skip says so."""

import pytest
import torch

from grader.errors import UsageError
from grader.training import Trainer, TrainingOptions
from grader.training.grading import chosen_device
from tests.training.variants import REFERENCE

HERE = {
    "cpu": True,
    "cuda": torch.cuda.is_available(),
    "mps": torch.backends.mps.is_available(),
}


@pytest.mark.parametrize("device", HERE)
def test_the_reference_trains_on(device, request):
    if not HERE[device]:
        pytest.skip(f"this machine has no {device}")
    mnist, sandbox, grade = map(request.getfixturevalue, ("mnist", "sandbox", "grade"))
    options = TrainingOptions(data="subset", device=device)
    result = grade(REFERENCE.read_bytes(), by=Trainer(mnist, sandbox, 1, options))
    assert result.training.device == device
    assert result.training.accuracy > 0.5


@pytest.mark.parametrize("device", [name for name, present in HERE.items() if not present])
def test_a_device_that_is_not_here_is_refused(device):
    with pytest.raises(UsageError, match=f"no device `{device}` here"):
        chosen_device(device)


def test_auto_takes_what_is_here():
    assert chosen_device("auto") == ("cuda" if HERE["cuda"] else "cpu")
