import textwrap

import numpy as np
import pytest
import torch

from grader.protocol import Handle, Unsendable


def code(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


RELU = "import torch\ndef relu(x):\n    return torch.clamp(x, min=0)\n"

ODD_BYTES = {
    "a byte order mark": b"\xef\xbb\xbf" + RELU.encode(),
    "windows line ends": RELU.replace("\n", "\r\n").encode(),
    "old mac line ends": RELU.replace("\n", "\r").encode(),
    "UTF-16": RELU.encode("utf-16"),
    "latin-1 with a cookie": ("# coding: latin-1\n# größe\n" + RELU).encode("latin-1"),
    "latin-1 without a cookie": ("# größe\n" + RELU).encode("latin-1"),
    "a cookie that does not exist": b"# coding: klingon\n" + RELU.encode(),
    "a cookie that is wrong": ("# coding: ascii\n# größe\n" + RELU).encode(),
    "no newline at the end": RELU.rstrip().encode(),
    "a form feed": b"\x0c\n" + RELU.encode(),
}


@pytest.mark.parametrize("data", ODD_BYTES.values(), ids=ODD_BYTES)
def test_a_file_loads_however_it_was_saved(worker, data):
    assert worker.parse(data, "relu")["functions"]["relu"]["state"] == "WRITTEN"
    assert worker.load(data, "relu") == {"relu": None, "": []}
    assert worker.call("relu", torch.tensor([-1.0, 2.0])).tolist() == [0.0, 2.0]


FAILING_IMPORTS = {
    "an exception at the end": RELU + "1 / 0\n",
    "leaving the program": RELU + "import sys\nsys.exit(0)\n",
    "input at the top": "name = input('who? ')\n" + RELU,
    "an absent package": "import a_package_that_is_absent\n" + RELU,
    "an absent name": "from math import cosinus\n" + RELU,
    "colab": "from google.colab import drive\ndrive.mount('/content')\n" + RELU,
    "an exported magic": "get_ipython().system('ls')\n" + RELU + "1 / 0",
    "an interrupt": RELU + "raise KeyboardInterrupt\n",
    "mixed tabs and spaces elsewhere": RELU + "def other(x):\n\tif x:\n        return 1\n",
    "a syntax error elsewhere": RELU + "def other(x)\n    return x\n",
    "python 2 elsewhere": RELU + "print 'hello'\n",
    "a magic line": "%matplotlib inline\n" + RELU,
}


@pytest.mark.parametrize("source", FAILING_IMPORTS.values(), ids=FAILING_IMPORTS)
def test_a_file_that_cannot_be_imported_is_graded_by_its_definitions(worker, source):
    assert worker.load(source, "relu")["relu"] is None
    assert worker.call("relu", torch.tensor([-1.0, 2.0])).tolist() == [0.0, 2.0]


def test_the_student_is_told_why_the_file_was_not_imported(worker):
    [note] = worker.load(RELU + "\n1 / 0\n", "relu")[""]
    assert "ZeroDivisionError: division by zero" in note["text"]
    assert (note["path"], note["line"]) == ("hand_in.py", 5)


def test_an_import_that_takes_too_long_is_cut_short(worker):
    source = (
        RELU + "import time\nwhile True:\n    try: time.sleep(100)\n    except Exception: pass\n"
    )
    [note] = worker.load(source, "relu", seconds=0.2)[""]
    assert "OutOfTime: it took longer than 0.2 seconds" in note["text"]
    assert worker.call("relu", torch.tensor([-1.0])).tolist() == [0.0]


def test_an_assignment_that_takes_too_long_costs_what_uses_it(worker):
    source = """
        import time
        def slow():
            time.sleep(100)
        TABLE = slow()
        def f(): return TABLE[0]
        def g(): return 1
    """
    worker.load(code(source), "f", "g", mode="definitions", seconds=0.4)
    assert worker.call("g") == 1
    assert "`TABLE` could not be created: it took longer than" in worker.call("f").text


def test_siblings_can_be_imported(worker):
    files = {
        "sub/main.py": "from helpers import twice\nfrom .near import one\nimport far\n"
        "def f(x): return twice(x) + one() + far.two()\n",
        "sub/helpers.py": "def twice(x): return 2 * x\n",
        "sub/near.py": "def one(): return 1\n",
        "far.py": "# größe\ndef two(): return 2\n".encode("latin-1"),
    }
    worker.load(files, "f")
    assert worker.call("f", 5) == 13


def test_a_notebook_can_import_a_sibling(worker):
    notebook = (
        '{"cells": [{"cell_type": "code", "source": "from h import g\\ndef f(): return g()"}]}'
    )
    worker.load({"n.ipynb": notebook, "h.py": "def g(): return 7"}, "f")
    assert worker.call("f") == 7


def test_a_sibling_is_the_same_module_for_both(worker):
    files = {
        "a.py": "import b\ndef f(): return b.COUNT\n",
        "b.py": "COUNT = [0]\ndef g():\n    COUNT[0] += 1\n    return COUNT\n",
    }
    worker.load(files, "f", "g")
    assert worker.call("g") == [1]
    assert worker.call("f") == [1]


def test_a_file_named_like_a_package_hides_nothing(worker):
    files = {"torch.py": RELU, "math.py": "def f(): return 1"}
    assert worker.load(files, "relu", "f") == {"relu": None, "f": None, "": []}
    assert worker.call("relu", torch.tensor([-1.0])).tolist() == [0.0]


@pytest.mark.parametrize(
    "path",
    ["../evil.py", "/tmp/evil.py", "a/../../evil.py", "a\nb.py", "a\u202eb.py", "x" * 300 + ".py"],
)
def test_odd_names_are_refused_by_name_and_written_nowhere(worker, tmp_path, path):
    reply = worker.load({path: "def f(): return 1", "ok.py": "def g(): return 2"}, "f", "g")
    assert reply["g"] is None
    assert "its name" in reply["f"].text
    assert [p.name for p in tmp_path.rglob("*evil*")] == []


def test_a_path_that_is_both_file_and_folder_does_not_stop_the_rest(worker):
    files = {"a": b"", "a/b.py": "def f(): return 1", "c.py": "def g(): return 2"}
    assert worker.load(files, "g")["g"] is None


ASSIGNED = {
    "lambda": "relu = lambda x: x.clamp(min=0)",
    "library": "import torch\nrelu = torch.relu",
    "alias": RELU.replace("relu", "mine") + "relu = mine",
    "import": "from torch.nn.functional import relu",
    "partial": "import functools, torch\nrelu = functools.partial(torch.clamp, min=0)",
    "class": "class relu:\n    def __new__(cls, x): return x.clamp(min=0)",
    "layer": "import torch\nrelu = torch.nn.ReLU()",
    "conditional": "try:\n    import q\nexcept ImportError:\n    relu = lambda x: x.clamp(min=0)",
    "decorated": "def d(f): return lambda x: f(x)\n@d\n" + "def relu(x): return x.clamp(min=0)",
}


@pytest.mark.parametrize("mode", ["auto", "definitions"])
@pytest.mark.parametrize("source", ASSIGNED.values(), ids=ASSIGNED)
def test_a_function_may_be_bound_in_any_way(worker, source, mode):
    assert worker.parse(source, "relu")["functions"]["relu"]["state"] == "WRITTEN"
    assert worker.load(source, "relu", mode=mode)["relu"] is None
    assert worker.call("relu", torch.tensor([-1.0, 2.0])).tolist() == [0.0, 2.0]


def test_a_name_that_turns_out_to_be_no_function_is_explained(worker):
    raised = worker.load("def make(): return 3\nrelu = make()\n", "relu")["relu"]
    assert raised.text.startswith("`relu` is a value of type int, not a function; another")


RESULTS = {
    "None": ("return None", None),
    "text": ("return 'abc'", "abc"),
    "list": ("return [1, 2]", [1, 2]),
    "numpy array": ("import numpy\n    return numpy.arange(2)", np.arange(2)),
    "0-d tensor": ("import torch\n    return torch.tensor(2.0)", torch.tensor(2.0)),
    "generator": ("return (i for i in [1])", Unsendable(type_name="generator")),
    "set": ("return {1}", Unsendable(type_name="set")),
    "function": ("return lambda: 1", Handle(number=1, type_name="function")),
    "sparse": (
        "import torch\n    return torch.eye(2).to_sparse()",
        Unsendable(type_name="sparse_coo tensor"),
    ),
}


@pytest.mark.parametrize(("body", "expected"), RESULTS.values(), ids=RESULTS)
def test_every_kind_of_result_comes_back_as_what_it_is(worker, body, expected):
    worker.load(f"def f():\n    {body}\n", "f")
    result = worker.call("f")
    assert type(result) is type(expected)
    assert np.array_equal(result, expected) if hasattr(expected, "shape") else result == expected


def test_warnings_prints_and_plots_do_no_harm(worker):
    source = """
        import warnings, sys
        warnings.warn("odd")
        print("x" * 100_000)
        sys.stderr.write("y")
        def f():
            warnings.warn("odd again", DeprecationWarning)
            print("z")
            return 1
    """
    assert worker.load(code(source), "f") == {"f": None, "": []}
    assert worker.call("f") == 1


def test_a_missing_function_is_explained_by_load_too(worker):
    assert "There is no function called `f`" in worker.load("x = 1", "f")["f"].text
    assert "no Python file (.py)" in worker.load({}, "f")["f"].text


def test_the_main_guard_is_not_run(worker):
    source = "def f(): return 1\nif __name__ == '__main__':\n    1 / 0\n"
    for mode in ("auto", "definitions"):
        assert worker.load(source, "f", mode=mode) == {"f": None, "": []}


def test_import_grader_does_nothing_in_a_module(worker):
    source = (
        "import grader\ngrader.check('f')\nfrom grader import check\ncheck()\ndef f(): return 1\n"
    )
    assert worker.load(source, "f") == {"f": None, "": []}


def test_modules_in_other_folders_are_found_too(worker):
    files = {
        "main.py": "import sys\nsys.path.append('src')\nfrom tools import g\ndef f(): return g()\n",
        "src/tools.py": "def g(): return 3\n",
    }
    for mode in ("definitions", "auto"):
        worker.load(files, "f", mode=mode)
        assert worker.call("f") == 3
