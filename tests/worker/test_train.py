"""The operation `train`, asked directly: no box, and a loader that holds what a test gives it."""

import gc
from types import SimpleNamespace

import pytest
import torch
from torch import nn
from torch.profiler import profile

from grader.observe import from_wire, to_wire
from grader.steps import lenet, mlp, small_cnn
from grader.worker import train
from grader.worker.train import Trainer

PIXELS = torch.randint(0, 256, (20, 1, 28, 28), dtype=torch.uint8)
LABELS = torch.arange(20) % 10


def loaded(values=None, **functions):
    return SimpleNamespace(functions=functions, values=values or {})


def ask(trainer, loader, action, **arguments):
    return from_wire(trainer.answer({"action": action, **arguments}, loader))


@pytest.fixture
def make():
    """A trainer that has its data and has built a model."""

    def make(loader, own_step=False):
        trainer = Trainer()
        trainer._pixels, trainer._labels = PIXELS, LABELS
        ask(trainer, loader, "build", seed=1, own_step=own_step)
        return trainer

    return make


def test_a_step_at_a_time_is_the_same_as_all_at_once(make):
    loader = loaded({"BATCH_SIZE": 4}, MnistCNN=small_cnn)
    one, many = make(loader), make(loader)
    whole = ask(one, loader, "steps", count=99)
    parts = [ask(many, loader, "steps", count=1)["losses"] for _ in range(5)]
    assert torch.equal(whole["losses"], torch.cat(parts))
    assert whole["done"]
    assert (whole["steps"], whole["steps_per_epoch"]) == (5, 5)


def test_building_again_with_the_same_seed_starts_anew(make):
    loader = loaded(MnistCNN=small_cnn)
    trainer = make(loader)
    first = ask(trainer, loader, "parameters")
    ask(trainer, loader, "steps", count=3)
    changed = ask(trainer, loader, "parameters")
    ask(trainer, loader, "build", seed=1, own_step=False)
    again = ask(trainer, loader, "parameters")
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not any(torch.equal(first[name], changed[name]) for name in first)


def test_the_submissions_own_step_is_taken_if_asked(make):
    seen = []

    def train_step(model, optimizer, images, labels):
        seen.append((images.dtype, float(images.max()) <= 1, len(labels)))
        return 1.25

    loader = loaded({"BATCH_SIZE": 16}, MnistCNN=small_cnn, train_step=train_step)
    steps = ask(make(loader, own_step=True), loader, "steps", count=9)
    assert steps["losses"].tolist() == [1.25, 1.25]
    assert seen == [(torch.float32, True, 16), (torch.float32, True, 4)]


def test_preprocess_is_applied_in_training_and_evaluation_alike(make):
    seen = []

    def preprocess(images):
        seen.append(float(images.max()))
        return images - 0.5

    loader = loaded(MnistCNN=small_cnn, preprocess=preprocess)
    trainer = make(loader)
    seen.clear()
    ask(trainer, loader, "steps", count=1)
    ask(trainer, loader, "outputs", pixels=to_wire(PIXELS), batch_size=10)
    assert len(seen) == 3
    assert all(0.9 < largest <= 1 for largest in seen)


def test_outputs_are_those_of_eval_mode_without_gradients(make):
    modes = []

    class Watched(nn.Linear):
        def __init__(self):
            super().__init__(784, 10)

        def forward(self, images):
            modes.append((self.training, torch.is_grad_enabled()))
            return super().forward(images.flatten(1))

    loader = loaded(MnistCNN=Watched)
    trainer = make(loader)
    modes.clear()
    ask(trainer, loader, "outputs", pixels=to_wire(PIXELS), batch_size=8)
    assert modes == [(False, False)] * 3


def test_the_trace_counts_operations_and_multiplications(make):
    loader = loaded(MnistCNN=small_cnn)
    found = ask(make(loader), loader, "trace", pixels=to_wire(PIXELS))
    assert found["operations"]["aten::relu"] == 2
    # 28*28 positions * 8 filters * 9 weights, 14*14 * 16 * 72, and 784 * 10
    assert found["macs"] == 28 * 28 * 8 * 9 + 14 * 14 * 16 * 72 + 7840
    mean, spread, least, largest = found["first_input"]
    assert 0.4 < mean < 0.6
    assert (least, largest) == (0.0, 1.0)
    assert spread > 0


def test_dead_channels_are_counted(make):
    def dead():
        model = small_cnn()
        with torch.no_grad():
            model[0].bias[:3] = -100
        return model

    loader = loaded(MnistCNN=dead)
    trainer = make(loader)
    found = ask(trainer, loader, "inspect", pixels=to_wire(PIXELS), labels=to_wire(LABELS))
    assert found["rectified"][0] == [8, 3]
    names = [layer[0] for layer in found["layers"]]
    assert names == [name for name, _ in small_cnn().named_parameters()]


@pytest.mark.parametrize(
    ("loader", "message"),
    [
        (loaded(), "neither `MnistCNN` nor `build_model`"),
        (loaded(MnistCNN=lambda: 3), "the model is int"),
        (loaded(MnistCNN=nn.Flatten), "no parameters to train"),
        (loaded(MnistCNN=small_cnn, make_optimizer=lambda model: None), "returned NoneType"),
    ],
)
def test_what_is_missing_is_said(make, loader, message):
    with pytest.raises((NameError, TypeError, ValueError), match=message):
        make(loader)


def test_an_unknown_action_is_refused():
    with pytest.raises(ValueError, match="no training action 'fly'"):
        Trainer().answer({"action": "fly"}, loaded())


class Viewing(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(1, 2, 3), nn.Conv2d(2, 2, 3)
        self.last = nn.Linear(2 * 24 * 24, 10)

    def forward(self, images):
        return self.last(self.second(self.first(images)).view(len(images), -1)).log_softmax(1)


@pytest.mark.parametrize(
    ("model", "layout", "told"),
    [
        (small_cnn, "channels-last", False),
        (Viewing, "channels-last", True),
        (Viewing, "contiguous", False),
    ],
)
def test_a_model_that_does_not_work_in_the_courses_layout_is_trained_and_told(model, layout, told):
    loader, trainer = loaded({"BATCH_SIZE": 4}, MnistCNN=model), Trainer()
    trainer._pixels, trainer._labels = PIXELS, LABELS
    plan = ask(trainer, loader, "build", seed=1, own_step=False, layout=layout)
    assert any("channels-last" in note for note in plan["notes"]) == told
    assert ask(trainer, loader, "steps", count=9)["done"]


def test_steps_of_the_submissions_own_are_taken_in_the_usual_layout():
    def train_step(model, optimizer, images, labels):
        assert model[3].weight.is_contiguous()
        return 0.0

    loader, trainer = loaded({}, MnistCNN=small_cnn, train_step=train_step), Trainer()
    trainer._pixels, trainer._labels = PIXELS, LABELS
    ask(trainer, loader, "build", seed=1, own_step=True, layout="channels-last")
    assert ask(trainer, loader, "steps", count=1)["steps"] == 1


@pytest.mark.parametrize(
    ("model", "asked", "is_taken"), [(mlp, True, True), (mlp, False, False), (lenet, True, False)]
)
def test_large_products_are_onednns_where_asked(make, monkeypatch, model, asked, is_taken):
    monkeypatch.setattr(train, "by_onednn", lambda: "kernels")
    loader = loaded(MnistCNN=model)
    trainer = make(loader)
    ask(trainer, loader, "build", seed=1, own_step=False, by_onednn=asked)
    assert (trainer._products == "kernels") is is_taken


def test_pooling_is_the_faster_one_and_trains_the_same(make, monkeypatch):
    def trained():
        trainer = make(loader := loaded({"BATCH_SIZE": 20}, MnistCNN=small_cnn))
        with profile() as figures:
            ask(trainer, loader, "steps", count=1)
        names = {event.key for event in figures.key_averages()}
        return "aten::maximum" in names, ask(trainer, loader, "parameters")

    is_faster, parameters = trained()
    monkeypatch.setattr(train, "faster_pooling", lambda: None)
    gc.collect()  # trainers hold themselves, and what they hold ends with them
    is_still_faster, usual = trained()
    assert is_faster is hasattr(torch.library, "get_kernel")
    assert not is_still_faster
    assert parameters.keys() == usual.keys()
    assert all(torch.equal(parameters[name], usual[name]) for name in usual)
