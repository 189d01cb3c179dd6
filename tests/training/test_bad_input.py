"""What cannot be trained gets a sentence, and points for what is right all the same."""

import re

import pytest

from grader.model import Verdict
from grader.training import session
from tests.training.conftest import verdicts, words
from tests.training.variants import FORWARD_END, REFERENCE, STEP, variant

pytestmark = pytest.mark.sandbox


def failing_with(result, sentence):
    """The tests whose sentence says this."""
    return {t.id for f in result.functions for t in f.tests if sentence in t.sentence}


def points_of(result, name):
    return next(f.points for f in result.functions if f.name == name)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            variant(("self.scores = nn.Linear(50, 10)", "self.scores = nn.Linear(50, 5)")),
            "returned the shape [64, 5], wanted [64, 10]",
        ),
        (variant((FORWARD_END, "return 0")), "forward returned int, wanted a tensor"),
        (
            variant(("nn.Conv2d(1, 10", "nn.Conv2d(3, 10")),
            "expected input[2, 1, 28, 28] to have 3 channels",
        ),
        (variant(("return MnistCNN()", "return nn.Flatten()")), "no parameters to train"),
        (variant(("return MnistCNN()", "return 3")), "the model is int, wanted a torch.nn.Module"),
        (variant(("super().__init__()", "raise ValueError('oh')")), "raised ValueError: oh"),
        (variant(("EPOCHS = 1", "EPOCHS = 'two'")), "`EPOCHS` is 'two'; it must be a whole number"),
        (variant(("EPOCHS = 1", "EPOCHS = 0")), "`EPOCHS` is 0"),
        (variant(("EPOCHS = 1", "EPOCHS = 1.5")), "`EPOCHS` is 1.5; it must be a whole number"),
        (variant(("BATCH_SIZE = 64", "BATCH_SIZE = True")), "a whole number from 1 to 4,096"),
        (variant((STEP, "import os; os._exit(0)")), "ended the Python process"),
        (
            variant(("self.scores = nn.Linear(50, 10)", "self.x = torch.zeros(10**12)")),
            "memory",
        ),
        (b"x = 1\n", ""),
    ],
)
def test_what_is_wrong_is_said(grade, source, sentence):
    result = grade(source)
    assert sentence in words(result)
    assert points_of(result, "accuracy") == 0
    assert points_of(result, "budget") == 0


PREPROCESS = "\ndef preprocess(images):\n    return images.nothing\n"
CRITERION = "\ndef criterion(outputs, labels):\n    return outputs.nothing\n"
IN_OPTIMIZER = ("lr=1e-3)", "lr=1e-3).nothing")
ONLY_SMALL = (
    "\ndef preprocess(images):\n    return images if len(images) < 200 else images.nothing\n"
)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (variant((FORWARD_END, "return x.nothing")), "`forward` raised AttributeError"),
        (variant(more=PREPROCESS), "`preprocess` raised AttributeError"),
        (variant(more=ONLY_SMALL), "`preprocess` raised AttributeError"),
        (variant(more=CRITERION), "`criterion` raised AttributeError"),
        (variant(IN_OPTIMIZER), "`make_optimizer` raised AttributeError"),
        (variant(("return MnistCNN()", "return MnistCNN(3)")), "Building the model raised TypeEr"),
        (variant((STEP, "model.nothing")), "`train_step` raised AttributeError"),
        (
            variant(more="\ndef train(model, images, labels):\n    model.nothing\n"),
            "`train` raised",
        ),
    ],
)
def test_the_function_that_raised_is_named(grade, source, sentence):
    found = words(grade(source))
    assert sentence in found
    assert ("Building the model" in sentence) == ("Building the model" in found)


SCORES = "scores = F.log_softmax(self.scores(x), dim=1)\n        return "


@pytest.mark.parametrize(
    ("returned", "told"),
    [
        ("scores if len(x) != 3 else scores[:, 0]", "3 images `forward` returned the shape [3]"),
        ("scores if len(x) < 250 else scores[:, 0]", "images `forward` returned the shape [500]"),
        (
            "scores if len(x) < 250 else torch.cat((scores, scores + 5), 1)",
            "For 500 images `forward` returned the shape [500, 20], wanted [500, 10]",
        ),
        ("scores[:, :5] if self.training else scores", "returned the shape [64, 5]"),
    ],
)
def test_outputs_that_change_their_shape_fail_with_that_shape(grade, returned, told):
    ignores_its_model = (STEP, "return 0.0")
    result = grade(variant((FORWARD_END, SCORES + returned), ignores_its_model))
    assert told in words(result)
    assert points_of(result, "accuracy") == 0


def test_a_model_in_half_precision_is_trained_like_any_other(grade):
    source = variant(
        ("return MnistCNN()", "return MnistCNN().to(torch.bfloat16)"),
        ("x = (images - 0.1307) / 0.3081", "x = ((images - 0.1307) / 0.3081).to(torch.bfloat16)"),
        (FORWARD_END, "return F.log_softmax(self.scores(x).float(), dim=1)"),
    )
    result = grade(source)
    assert result.training.accuracy > 0.5
    assert len(result.training.parameters_sha256) == 64


def test_a_name_that_cannot_be_written_costs_nothing(grade):
    odd = "self.register_parameter(chr(0xD800), nn.Parameter(torch.zeros(1)))"
    scores = "self.scores = nn.Linear(50, 10)"
    result = grade(variant((scores, f"{scores}; {odd}")))
    assert result.training.accuracy > 0.5
    assert verdicts(result)["every_parameter_learns"] is Verdict.FAILED


def test_a_rate_beyond_all_floats_is_no_answer(grade):
    make = """
def make_optimizer(model):
    optimizer = torch.optim.Adam(model.parameters())
    optimizer.param_groups[0]["lr"] = 10**400
    return optimizer
"""
    assert "is no answer (build)" in words(grade(variant(more=make)))


def test_a_model_that_takes_flat_images_is_trained_and_told(grade):
    source = variant(
        ("self.conv1 = nn.Conv2d(1, 10, kernel_size=5)", "self.first = nn.Linear(784, 320)"),
        ("x = F.max_pool2d(F.relu(self.conv1(x)), 2)", "x = F.relu(self.first(x))"),
        ("        x = F.max_pool2d(F.relu(self.conv2(x)), 2)\n", ""),
        ("        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)\n", ""),
    )
    result = grade(source)
    assert "flattened for it" in words(result)
    assert result.training.accuracy > 0.5


def test_code_for_a_gpu_runs_on_the_cpu_and_is_told(grade):
    source = variant(("return MnistCNN()", "return MnistCNN().cuda()"))
    result = grade(source)
    assert "ran on the CPU" in words(result)
    assert result.training.accuracy > 0.5


def test_a_loss_that_is_no_number_ends_the_training(grade):
    source = variant(("torch.optim.Adam(model.parameters(), lr=1e-3)",
                      "torch.optim.SGD(model.parameters(), lr=1e20)"))  # fmt: skip
    result = grade(source)
    assert "no longer a number" in words(result)
    assert points_of(result, "MnistCNN") > 0


def test_endless_epochs_are_cut_and_the_rest_is_still_judged(grade):
    result = grade(variant(("EPOCHS = 1", "EPOCHS = 10**9")))
    assert "EPOCHS is 1,000,000,000; it counts up to 20, so it was 20." in words(result)
    assert "times the budget" in words(result)
    assert verdicts(result)["time"] is Verdict.FAILED
    assert points_of(result, "MnistCNN") == 5
    assert points_of(result, "accuracy") > 0


def test_a_batch_too_large_is_cut_and_training_goes_on(grade):
    changes = ("BATCH_SIZE = 64", "BATCH_SIZE = 10**6"), ("EPOCHS = 1", "EPOCHS = 2")
    result = grade(variant(*changes))
    assert "BATCH_SIZE is 1,000,000; it counts up to 4,096, so it was 4,096." in words(result)
    assert (result.training.batch_size, result.training.steps) == (4096, 4)
    assert result.training.accuracy is not None


@pytest.mark.parametrize("count", ["2.0", "2e0", "__import__('numpy').int64(2)"])
def test_a_whole_number_of_any_type_counts(grade, count):
    result = grade(variant(("EPOCHS = 1", f"EPOCHS = {count}")))
    assert result.training.epochs == 2, words(result)
    assert result.training.accuracy > 0.5


def test_a_hang_in_forward_is_ended(grade, monkeypatch):
    monkeypatch.setattr(session, "_SHORT_SECONDS", 2.0)
    result = grade(variant(("x = (images - 0.1307) / 0.3081", "\n        while True: pass")))
    assert verdicts(result)["shape"] is Verdict.TIMEOUT


def test_an_own_training_that_hangs_is_ended_within_its_budget(grade):
    result = grade(variant(more="\ndef train(model, images, labels):\n    while True: pass\n"))
    assert result.training.accuracy is None
    told = words(result)
    assert "ended at 4 reference epochs. It had not returned" in told
    assert re.search(r"was at \d\.\d\d reference epochs, \d+% above the budget of 2", told)
    assert "and more; the budget is 2" in told
    assert "with `train_step` and EPOCHS, training is ended at 2.7" in told


def test_raw_scores_with_cross_entropy_are_right_and_noted(grade):
    source = variant((FORWARD_END, "return self.scores(x)"), more="\ncriterion = F.cross_entropy\n")
    result = grade(source)
    assert verdicts(result)["outputs_fit_the_loss"] is Verdict.PASSED
    assert "CrossEntropyLoss, which you chose" in words(result)


def test_dropout_that_never_stops_is_found(grade):
    result = grade(variant(("self.scores(x)", "self.scores(F.dropout(x))")))
    assert verdicts(result)["repeatable"] is Verdict.FAILED
    assert "It gives another answer each time" in words(result)
    assert "mean over the batch" not in words(result)


RANDOM = """
from torchvision import transforms
change = transforms.RandomAffine(10, translate=(0.1, 0.1))


def preprocess(images):
    return change(images)
"""
OF_BATCH = "\ndef preprocess(images):\n    return (images - images.mean()) / images.std()\n"


@pytest.mark.parametrize(
    ("more", "name", "note", "hint"),
    [
        (RANDOM, "repeatable", "`preprocess` is random", "under `if self.training:`"),
        (OF_BATCH, "rows_apart", "depends on the others of its batch", "by fixed numbers"),
    ],
)
def test_a_preprocess_that_harms_evaluation_is_named(grade, more, name, note, hint):
    result = grade(variant(more=more))
    (model,) = [f for f in result.functions if f.name == "MnistCNN"]
    (test,) = [t for t in model.tests if t.id.endswith(f"::{name}")]
    assert test.verdict is Verdict.FAILED
    assert "`preprocess`" in test.sentence
    assert hint in test.hint
    assert note in words(result)
    assert "mean over the batch" not in words(result)


def test_a_preprocess_that_changes_its_images_in_place_is_not_blamed(grade):
    more = "\ndef preprocess(images):\n    return images.sub_(0.1307).div_(0.3081)\n"
    result = grade(variant(("x = (images - 0.1307) / 0.3081", "x = images"), more=more))
    assert set(verdicts(result).values()) == {Verdict.PASSED}, words(result)


def test_a_layer_that_is_not_used_is_named(grade):
    source = variant(("self.hidden =", "self.spare = nn.Linear(3, 3)\n        self.hidden ="))
    assert failing_with(grade(source), "`spare.weight`, `spare.bias` had not changed")


def test_too_many_parameters_cost_their_points_only(grade):
    source = variant(("nn.Linear(20 * 4 * 4, 50)", "nn.Linear(20 * 4 * 4, 400)"),
                     ("nn.Linear(50, 10)", "nn.Linear(400, 10)"))  # fmt: skip
    result = grade(source)
    assert failing_with(result, "more than that")
    assert verdicts(result)["time"] is Verdict.PASSED


def test_a_notebook_that_downloads_mnist_gets_the_split_handed_in(grade):
    source = variant(
        more="""
from torchvision import datasets, transforms
data = datasets.MNIST("data", train=True, download=True, transform=transforms.ToTensor())
other = datasets.MNIST("data", train=False)


def train(model, images, labels):
    assert len(data) == len(images) and len(other) == 500
    image, label = data[0]
    assert image.shape == (1, 28, 28) and torch.equal(image, images[0]) and label == labels[0]
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for batch in torch.utils.data.DataLoader(data, batch_size=64, shuffle=True):
        train_step(model, optimizer, *batch)
"""
    )
    result = grade(source)
    assert result.training.contract == "train"
    assert result.training.accuracy > 0.5, words(result)


def test_the_same_seed_gives_the_same_model_and_score(grade):
    one, two = (grade(REFERENCE.read_bytes()) for _ in range(2))
    assert one.training.parameters_sha256 == two.training.parameters_sha256 != ""
    assert one.training.confusion == two.training.confusion
    assert one.points == two.points
