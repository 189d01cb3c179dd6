"""Code as good students write it, which once lost points: now it is graded for what it does."""

import dataclasses
from fractions import Fraction
from pathlib import PurePosixPath

import pytest

from grader.model import Submission, TestResult, Tier, Verdict
from tests.training.conftest import hidden_results, verdicts, words

pytestmark = pytest.mark.sandbox

MODEL = """
import torch
import torch.nn.functional as F
from torch import nn

class MnistCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 12, 5, stride=2)
        self.fc = nn.Linear(12 * 6 * 6, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv((x - 0.1307) / 0.3081)), 2)
        return F.log_softmax(self.fc(x.flatten(1)), dim=1)

def train_step(model, optimizer, images, labels):
    model.train()
    optimizer.zero_grad()
    loss = F.nll_loss(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()
"""
RAW = MODEL.replace("F.log_softmax(self.fc(x.flatten(1)), dim=1)", "self.fc(x.flatten(1))")
OWN_TRAIN = MODEL + "\ndef train(model, images, labels):\n"


def accuracy_of(result):
    return result.training.accuracy


@pytest.mark.parametrize(
    ("added", "note"),
    [
        ("def train(args, model, device, train_loader, optimizer, epoch):\n    1 / 0\n", True),
        ("def train(model, train_loader, optimizer, epochs=1):\n    1 / 0\n", True),
        ("train = [1, 2, 3]\n", False),
    ],
)
def test_what_is_only_called_train_is_not_used(grade, added, note):
    result = grade((MODEL + added).encode())
    assert accuracy_of(result) > 0.7
    assert ("so it was not used" in words(result)) is note


def test_the_loss_of_a_step_with_a_mistake_is_kept(trainer, mnist):
    """Otherwise raw scores would be trained with NLLLoss, and the accuracy lost as well."""
    source = RAW.replace("nll_loss", "cross_entropy").replace("model.train()", "model.eval()")
    failed = TestResult(
        id="mnist::train_step::t", function="train_step", title="", tier=Tier.EDGE,
        verdict=Verdict.FAILED, points=Fraction(0), max_points=Fraction(1),
    )  # fmt: skip
    tested = hidden_results(mnist, own_step=False)
    (step,) = tested.functions
    tested = dataclasses.replace(tested, functions=(dataclasses.replace(step, tests=(failed,)),))
    submission = Submission(name="s", files={PurePosixPath("mnist.py"): source.encode()})
    result = trainer.grade(submission, tested)
    assert verdicts(result)["outputs_fit_the_loss"] is Verdict.PASSED
    assert accuracy_of(result) > 0.7
    assert "by the grader's `train_step`" in words(result)


@pytest.mark.parametrize(
    ("source", "note"),
    [
        (
            MODEL.replace("nn.Linear(12 * 6 * 6, 10)", "nn.LazyLinear(10)")
            + "def build_model():\n    return MnistCNN().to('cuda')\n",
            "asks for a GPU",
        ),
        (
            MODEL.replace("    model.train()", "    model.train()\n    labels = labels.cuda()"
                          "\n    torch.zeros(3, device='cuda')"),
            "asks for a GPU",
        ),
        (MODEL + "def build_model():\n    return torch.compile(MnistCNN())\n", "`torch.compile`"),
    ],
)  # fmt: skip
def test_code_for_a_gpu_runs_without_one(grade, source, note):
    result = grade(source.encode())
    assert accuracy_of(result) > 0.7
    assert note in words(result)


def test_a_loader_with_processes_and_transforms_of_pictures(grade):
    body = """
    from torchvision import datasets, transforms
    change = transforms.Compose([transforms.RandomRotation(3), transforms.ToTensor()])
    data = datasets.MNIST("data", train=True, download=True, transform=change)
    loader = torch.utils.data.DataLoader(
        data, 64, shuffle=True, num_workers=2, persistent_workers=True, prefetch_factor=2)
    optimizer = torch.optim.Adam(model.parameters(), 2e-3)
    for images, labels in loader:
        train_step(model, optimizer, images, labels)
"""
    result = grade((OWN_TRAIN + body).encode())
    assert accuracy_of(result) > 0.7
    assert "`num_workers` was set to 0" in words(result)


def test_a_model_that_cannot_take_one_image_loses_that_test_alone(grade):
    source = MODEL.replace(
        "F.log_softmax(self.fc(x.flatten(1)), dim=1)",
        "F.log_softmax(self.fc(x.flatten(1)).squeeze(), dim=-1)",
    )
    result = grade(source.encode())
    found = verdicts(result)
    assert found.pop("rows_apart") is Verdict.FAILED
    assert {found[name] for name in ("shape", "outputs_fit_the_loss", "rung_1")} == {Verdict.PASSED}
    assert "For one image alone" in words(result)


@pytest.mark.parametrize(
    "source",
    [
        RAW + "criterion = nn.CrossEntropyLoss(label_smoothing=0.1)\n",
        RAW + "def train(model, images, labels):\n"
        "    optimizer = torch.optim.Adam(model.parameters())\n"
        "    for chosen in torch.randperm(len(images)).split(64):\n"
        "        optimizer.zero_grad()\n"
        "        F.cross_entropy(model(images[chosen]), labels[chosen]).backward()\n"
        "        optimizer.step()\n",
    ],
)
def test_raw_scores_with_a_loss_of_ones_own_fit(grade, source):
    result = grade(source.encode())
    assert verdicts(result)["outputs_fit_the_loss"] is Verdict.PASSED
    assert "raw scores; the loss is one of your own" in words(result)


def test_layers_in_a_plain_list_count_as_parameters(grade):
    source = MODEL.replace(
        "self.fc = nn", "self.other = [nn.Linear(800, 200)]\n        self.fc = nn"
    )
    source += (
        "def make_optimizer(model):\n"
        "    return torch.optim.Adam([*model.parameters(), *model.other[0].parameters()])\n"
    )
    result = grade(source.encode())
    assert verdicts(result)["parameters"] is Verdict.FAILED
    assert "160,200 numbers that are no parameters of your model" in words(result)


@pytest.mark.parametrize(
    "made",
    [
        "self.other = [nn.Linear(432, 40), nn.ReLU(), nn.Linear(40, 432)]",
        "self.other = {'a': nn.Linear(432, 40), 'b': nn.Linear(40, 432)}.values()",
        "global OTHER\n        OTHER = self.other = (nn.Linear(432, 40), nn.Linear(40, 432))",
    ],
)
def test_layers_that_nothing_trains_are_told(grade, made):
    source = MODEL.replace("self.fc = nn", f"{made}\n        self.fc = nn").replace(
        "        return F.log", "        x = x.flatten(1)\n"
        "        for layer in self.other:\n            x = layer(x)\n        return F.log"
    )  # fmt: skip
    result = grade(source.encode())
    assert "computes with 35,032 numbers that are no parameters" in words(result)
    assert "nn.ModuleList" in words(result)


@pytest.mark.parametrize(
    "source",
    [
        MODEL,
        MODEL.replace("super().__init__()", "super().__init__()\n"
                      "        self.spare = [nn.Linear(3, 3)]"),
        MODEL.replace("        return F", "        x = torch.utils.checkpoint.checkpoint("
                      "F.relu, x, use_reentrant=False)\n        return F"),
    ],
    ids=["usual", "unused", "checkpoint"],
)  # fmt: skip
def test_a_model_that_has_all_it_uses_is_not_blamed(grade, source):
    assert "no parameters of your model" not in words(grade(source.encode()))


def test_training_while_the_model_is_built_counts(grade):
    source = MODEL + (
        "def build_model():\n"
        "    model, x = MnistCNN(), torch.rand(64, 1, 28, 28)\n"
        "    for _ in range(2500):\n"
        "        model(x).sum().backward()\n"
        "    return model\n"
    )
    result = grade(source.encode())
    assert verdicts(result)["time"] is Verdict.FAILED


def test_a_training_with_a_progress_bar_and_plots_is_graded(grade):
    body = """
    optimizer = torch.optim.Adam(model.parameters(), 2e-3)
    losses = []
    for epoch in trange(1):
        bar = tqdm(torch.randperm(len(images)).split(64), desc=f"epoch {epoch}")
        for chosen in bar:
            losses.append(train_step(model, optimizer, images[chosen], labels[chosen]))
            bar.set_postfix(loss=losses[-1])
        tqdm.write(f"{bar.n} of {bar.total} batches")
    plt.plot(losses)
    plt.show()
"""
    imports = "import matplotlib.pyplot as plt\nfrom tqdm.auto import tqdm, trange\n"
    result = grade((imports + OWN_TRAIN + body).encode())
    assert accuracy_of(result) > 0.7, words(result)
