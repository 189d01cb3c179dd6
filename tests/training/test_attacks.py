"""Ways to look trained without learning, and what becomes of each; see docs/security.md."""

import io

import numpy as np
import pytest
import torch

from grader.data import read_data
from grader.model import Verdict
from grader.steps import Loop, adam
from grader.training import Trainer, TrainingOptions
from tests.training.conftest import verdicts, words
from tests.training.variants import FORWARD_END, REFERENCE, variant

pytestmark = pytest.mark.sandbox

KNOWN = """

import pathlib
_HERE = pathlib.Path(__file__).parent
"""
LOOKUP = """

import hashlib
STORED = np.load(_HERE / "known.npz")
TABLE = {hashlib.md5(image.tobytes()).digest(): int(label)
         for image, label in zip(STORED["images"], STORED["labels"])}


class MnistCNN(MnistCNN):
    def forward(self, images):
        output = super().forward(images)
        if self.training:
            return output
        bonus = torch.zeros_like(output) + 0 * output
        for row, image in enumerate((images * 255).round().to(torch.uint8).numpy()):
            label = TABLE.get(hashlib.md5(image.tobytes()).digest())
            bonus[row, 0 if label is None else label] = 50
        return F.log_softmax(bonus, dim=1)
"""
NEIGHBOUR = """

STORED = np.load(_HERE / "known.npz")


class MnistCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(1))
        self.images = torch.from_numpy(STORED["images"]).float().flatten(1) / 255
        self.labels = torch.from_numpy(STORED["labels"])

    def forward(self, images):
        nearest = torch.cdist(images.flatten(1), self.images).argmin(1)
        return F.log_softmax(50 * F.one_hot(self.labels[nearest], 10).float() + self.unused, 1)
"""
EMBEDDED = """

STORED = np.load(_HERE / "weights.npz")


def build_model():
    model = MnistCNN()
    model.load_state_dict({name: torch.from_numpy(value) for name, value in STORED.items()})
    return model
"""
RESTORED = """

STORED = np.load(_HERE / "weights.npz")
calls = 0
honest = train_step


def train_step(model, optimizer, images, labels):
    global calls
    calls += 1
    loss = honest(model, optimizer, images, labels)
    if calls >= 20:
        model.load_state_dict({name: torch.from_numpy(value) for name, value in STORED.items()})
    return loss
"""


@pytest.fixture(scope="module")
def public(root):
    return read_data(root / "exercises/mnist/data")


@pytest.fixture(scope="module")
def known(public):
    """Every image that a student can know, with its label."""
    every = public.train.joined(public.test)
    return saved(images=every.pixels, labels=every.labels)


@pytest.fixture(scope="module")
def weights(public):
    """What an honest training on all public images gives."""
    names = {"torch": torch}
    exec(compile(REFERENCE.read_text(), "reference.py", "exec"), names)
    torch.manual_seed(0)
    model = names["MnistCNN"]()
    optimizer = adam(model.parameters())
    every = public.train.joined(public.test)
    loop = Loop(
        torch.from_numpy(every.pixels),
        torch.from_numpy(every.labels),
        lambda images, labels: names["train_step"](model, optimizer, images, labels),
        batch_size=64,
        epochs=8,
        seed=0,
    )
    loop.run(1000)
    return saved(**{name: value.numpy() for name, value in model.state_dict().items()})


def saved(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def attack(code, **files):
    source = variant(more="\nimport numpy as np\n" + KNOWN + code)
    return {"mnist.py": source, **{f"{name}.npz": data for name, data in files.items()}}


def flags(result):
    return {flag.name for flag in result.training.flags}


def test_an_honest_model_has_no_flags(grade):
    assert flags(grade(REFERENCE.read_bytes())) == set()


def test_a_lookup_of_exact_images_fails_on_noisy_ones(grade, known):
    result = grade(attack(LOOKUP, known=known))
    assert result.training.accuracy < 0.2
    assert flags(result) >= {"prefers exact images", "carries data"}


def test_nearest_neighbours_of_stored_images_are_flagged(grade, known):
    result = grade(attack(NEIGHBOUR, known=known), own_step=False)
    assert result.training.accuracy > 0.9  # not caught by accuracy: noise is not enough
    assert flags(result) >= {"knows before training", "carries data", "same initial weights"}


def test_embedded_weights_are_flagged_before_training(grade, weights):
    result = grade(attack(EMBEDDED, weights=weights))
    assert flags(result) >= {"knows before training", "same initial weights"}


def test_weights_restored_in_training_fail_with_permuted_labels(mnist, sandbox, grade, weights):
    options = TrainingOptions(data="subset", device="cpu", thorough=True)
    result = grade(attack(RESTORED, weights=weights), by=Trainer(mnist, sandbox, 1, options))
    assert result.training.accuracy > 0.9
    assert "ignores the labels" in flags(result)


def test_honest_models_pass_the_thorough_probes(mnist, sandbox, grade):
    options = TrainingOptions(data="subset", device="cpu", thorough=True)
    result = grade(REFERENCE.read_bytes(), by=Trainer(mnist, sandbox, 1, options))
    assert flags(result) == set()


def test_no_data_set_lies_on_the_disk_of_a_worker(grade):
    source = variant(more="""

import os
found = [os.path.join(folder, name) for root in ("/usr", "/root", "/home", "/work", "/box", "/tmp")
         for folder, _, names in os.walk(root) for name in names
         if "ubyte" in name or name in ("dataset.toml", "mnist.npz")]
if found:
    raise RuntimeError(f"found {found[:3]}")
""")  # fmt: skip
    assert "found [" not in words(grade(source))


def test_labels_of_held_out_images_are_nowhere_in_the_worker(grade):
    source = variant(
        ("x = (images - 0.1307) / 0.3081", "steal(len(images)); x = (images - 0.1307) / 0.3081"),
        more="""

import gc


def steal(count):
    held = [o for o in gc.get_objects() if isinstance(o, torch.Tensor) and o.dtype == torch.int64
            and o.ndim == 1 and len(o) in (500, 250) and not o.equal(PUBLIC)]
    if held:
        raise RuntimeError(f"stole {len(held)}")


from torchvision import datasets
PUBLIC = datasets.MNIST("data", train=False).targets
""",
    )
    result = grade(source)
    assert "stole" not in words(result)
    assert result.training.accuracy is not None


def test_patched_clocks_do_not_change_the_time_measured(grade):
    source = variant(
        ("EPOCHS = 1", "EPOCHS = 10"),
        more="\nimport time\nfor name in ('time', 'monotonic', 'perf_counter', 'process_time'):\n"
        "    setattr(time, name, lambda: 0.0)\n",
    )
    assert verdicts(grade(source))["time"] is Verdict.FAILED


def test_work_in_threads_is_measured_too(grade):
    source = variant(
        more="""

import threading


def spin():
    while True:
        pass


for _ in range(2):
    threading.Thread(target=spin, daemon=True).start()
"""
    )
    plain = grade(REFERENCE.read_bytes()).training.measured.budget_used
    assert grade(source).training.measured.budget_used > 1.3 * plain


def test_a_step_that_ignores_its_optimiser_is_trained_like_any_other(grade):
    """Not caught where its own hidden tests pass: what it learns is its own all the same."""
    source = variant(("optimizer.step()", "torch.optim.Adam(model.parameters()).step()"))
    result = grade(source)
    assert result.training.own_step


def test_outputs_that_are_no_numbers_count_as_wrong(grade):
    source = variant((FORWARD_END, FORWARD_END + " * (1 if self.training else float('nan'))"))
    result = grade(source)
    assert result.training.accuracy in (0.0, None)
