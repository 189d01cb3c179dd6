"""Libraries that draw, log or show progress need not be installed for code that uses them."""

import importlib.util

import pytest

from grader.worker.progress import PROGRESS, Progress


def needs_absent(name):
    if importlib.util.find_spec(name) is not None:
        pytest.skip(f"{name} is installed, and comes first")


@pytest.mark.parametrize(
    "imported",
    [
        "import tqdm as t\ntqdm = t.tqdm",
        "from tqdm import tqdm",
        "from tqdm.auto import tqdm",
        "from tqdm.notebook import tqdm",
        "from tqdm import tqdm_notebook as tqdm",
    ],
)
@pytest.mark.parametrize("mode", ["auto", "definitions"])
def test_a_loop_with_a_progress_bar_runs(worker, imported, mode):
    source = f"""
{imported}

def total(numbers):
    bar = tqdm(numbers, desc="adding", leave=False)
    result = 0
    for number in bar:
        result += number
        bar.set_postfix(result=f"{{result:.1f}}")
    tqdm.write("done")
    with tqdm(total=10) as other:
        other.update(4)
    return result, len(bar), bar.n, other.n
"""
    needs_absent("tqdm")
    worker.load(source, "total", mode=mode)
    assert list(worker.call("total", [1, 2, 4])) == [7, 3, 3, 4]


def test_the_other_loops_of_tqdm_go_over_what_they_are_given():
    assert list(PROGRESS["trange"](1, 4, desc="d")) == [1, 2, 3]
    assert list(PROGRESS["tenumerate"]("ab", 1)) == [(1, "a"), (2, "b")]
    assert list(PROGRESS["tzip"]("ab", "cd")) == [("a", "c"), ("b", "d")]
    assert list(PROGRESS["tmap"](abs, [-1])) == PROGRESS["thread_map"](abs, [-1]) == [1]


def test_a_bar_over_a_generator_has_no_length_but_counts():
    bar = Progress(number for number in range(3))
    assert bar.total is None
    assert bar
    assert (sum(bar), bar.n) == (3, 3)


def test_a_bar_is_as_true_as_what_it_goes_over():
    assert not Progress([])
    assert list(reversed(Progress([1, 2]))) == [2, 1]


@pytest.mark.parametrize(
    ("library", "source"),
    [
        ("matplotlib", "import matplotlib.pyplot as plt\n"
                       "def f(x):\n    plt.plot(x)\n    plt.show()\n"),
        ("torchsummary", "from torchsummary import summary\ndef f(x):\n    print(summary(x))\n"),
        ("tensorboard", "from torch.utils.tensorboard import SummaryWriter\n"
                        "def f(x):\n    SummaryWriter('runs').add_scalar('loss', 1, 2)\n"),
        ("wandb", "import wandb\ndef f(x):\n    wandb.log({'loss': 1})\n"),
        ("ipywidgets", "import ipywidgets\nclass Box(ipywidgets.HBox):\n    pass\n"
                       "def f(x):\n    Box(x)\n"),
    ],
)  # fmt: skip
def test_what_only_draws_or_logs_is_passed_over(worker, library, source):
    needs_absent(library)
    worker.load(source + "    return 3\n", "f")
    assert worker.call("f", [1]) == 3


def test_what_computes_has_no_stand_in(worker):
    source = "from absent_package import f1_score\ndef f(x):\n    return f1_score(x)\n"
    worker.load(source, "f")
    assert "absent_package" in worker.call("f", 1).text
