import json
import textwrap

import pytest
import torch

from grader.errors import SubmissionError
from grader.observe import from_wire
from grader.worker.magics import without_magics
from grader.worker.notebook import code_cells, notebook_cells

LAYOUTS = (list, str)


def notebook(*cells: str, layout=str, **members) -> bytes:
    """A notebook of format 4 with these code cells."""
    sources = [textwrap.dedent(cell).strip("\n") for cell in cells]
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "my-env", "language": "python"}},
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"c{number}",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": source if layout is str else source.splitlines(keepends=True),
                }
                for number, source in enumerate(sources)
            ],
            **members,
        }
    ).encode()


@pytest.fixture
def colab(root) -> bytes:
    return (root / "tests/samples/odd/colab.ipynb").read_bytes()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cells_are_read_whether_lines_or_text(layout):
    assert code_cells(notebook("a = 1\nb = 2", "c", layout=layout)) == ["a = 1\nb = 2", "c"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b'{"cells": [', "ends in the middle"),
        (b'{"cells": [} }', "not a valid notebook .* line 1"),
        (b'\n{"cells": [}, 3]}', "mend that line in a text editor, or take an older version"),
        (b"def relu(x): return x", "Python source.* a name that ends in .py"),
        (b"# %%\nimport torch\n", "Python source"),
        (b"My answer is 5.", "not a valid notebook"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b"PK\x03\x04...", "a zip file"),
        (b"%PDF-1.7", "a PDF"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:12\n", "git lfs pull"),
        (b'{\n"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n]}', "merge in lines 3 to 7"),
        (b'{\n"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n]}', "not a valid notebook .* line 3"),
        (b"[1, 2]", "not a notebook"),
        (b'{"a": 1}', "no cells"),
        (b'{"cells": []}', "no code cells"),
        (b'{"cells": [{"cell_type": "markdown", "source": "x"}]}', "no code cells"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"cells": ' + b"9" * 10_000 + b"}", "not a valid notebook"),
        (b'{"worksheets": [{"cells": [{"cell_type": 5}]}, 3], "nbformat": 3}', "no code cells"),
        (b'{"worksheets": 3}', "no cells"),
    ],
)
def test_what_is_no_notebook_is_refused_with_a_sentence(data, words):
    with pytest.raises(SubmissionError, match=words):
        code_cells(data)


def test_nobody_is_sent_to_jupyter_with_what_it_cannot_open():
    with pytest.raises(SubmissionError) as told:
        code_cells(b'{"cells": [} }')
    assert "Jupyter cannot open it either" in str(told.value)
    assert "open it in Jupyter" not in str(told.value)


def test_another_language_is_named():
    data = notebook("x", metadata={"kernelspec": {"name": "ir", "language": "R"}})
    with pytest.raises(SubmissionError, match="written in R, not in Python"):
        code_cells(data)


def test_odd_members_do_not_matter():
    cells = [
        "no cell",
        {"cell_type": "code"},
        {"cell_type": "code", "source": 7},
        {"cell_type": "code", "source": ["a = 1\r\n", 5, "b = 2"], "outputs": "none"},
    ]
    assert code_cells(notebook(cells=cells, nbformat="?", metadata=3)) == ["", "", "a = 1\nb = 2"]


def test_a_notebook_with_huge_outputs_is_read(worker):
    data = json.loads(notebook("def relu(x):\n    return x"))
    data["cells"][0]["outputs"] = [{"output_type": "display_data", "data": {"p": "A" * 20_000_000}}]
    reply = worker.parse({"relu.ipynb": json.dumps(data)}, "relu")
    assert reply["functions"]["relu"]["state"] == "WRITTEN"
    assert sum(len(source["text"]) for source in reply["sources"]) < 100


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install it's\nx = 1", "pass\nx = 1"),
        ("if x:\n    !ls\n    y = 1", "if x:\n    pass\n    y = 1"),
        ("x = (a\n     % b)", "x = (a\n     % b)"),
        ("print?\nx = 1", "pass\nx = 1"),
        ("!pip install \\\n  torch\nx = 1", "pass\n\nx = 1"),
        ("files = !ls *.py\nx = 1", "files = get_ipython().getoutput('!ls *.py')\nx = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("if y:\n    %time x = 1", "if y:\n    x = 1"),
        ("%%bash\nls", ""),
        ("%run ./helper.py\nx = 1", "from helper import *\nx = 1"),
        ("%run train.py --epochs 3\nx = 1", "pass\nx = 1"),
        ("%%writefile a.py\nx = 1", ""),
        ("text = '''\n%not magic\n!no\n'''", "text = '''\n%not magic\n!no\n'''"),
        ("x = 1", "x = 1"),
        ("x = (", "x = ("),
    ],
)
def test_magics_are_taken_out_and_lines_keep_their_numbers(text, plain):
    assert without_magics(text)[0] == plain


def test_magics_that_change_nothing_need_no_note(worker):
    cells = ["%matplotlib inline\n%autoreload 2\nprint?\n?print", "%%time\n!ls\n%time x = 1"]
    notes = worker.parse({"f.ipynb": notebook(*cells)}, "f")["notes"]
    assert [note["text"] for note in notes] == ["`!ls` is not run here"]


def test_a_colab_notebook_is_graded_by_its_functions(worker, colab):
    files = {"hw1.ipynb": colab}
    reply = worker.parse(files, "relu", "accuracy", "twice")
    assert {name: found["state"] for name, found in reply["functions"].items()} == {
        "relu": "WRITTEN",
        "accuracy": "WRITTEN",
        "twice": "WRITTEN",
    }
    assert reply["functions"]["relu"]["cell"] == 8
    notes = [note["text"] for note in reply["notes"]]
    assert "`!pip install -q torchvision wandb` is not run here" in notes
    loaded = worker.load(files, "relu", "accuracy", "twice")
    assert loaded == {"relu": None, "accuracy": None, "twice": None, "": []}
    assert worker.call("relu", torch.tensor([-1.0, 2.0])).tolist() == [0.0, 2.0]
    assert worker.call("twice", 4) == 8


def test_data_that_cannot_be_downloaded_costs_what_uses_it(worker, colab):
    worker.load({"hw1.ipynb": colab}, "accuracy", seconds=60.0)
    raised = worker.call("accuracy")
    assert raised.classes[0] == "NameError"
    assert raised.text == "`test_set` could not be created: the sandbox has no network"


def test_a_notebook_of_format_3_is_graded(worker, root):
    files = {"old.ipynb": (root / "tests/samples/odd/format3.ipynb").read_bytes()}
    assert worker.parse(files, "relu")["functions"]["relu"]["cell"] == 2
    assert worker.load(files, "relu")["relu"] is None
    assert worker.call("relu", torch.tensor([-1.0, 2.0])).tolist() == [0.0, 2.0]


def test_a_traceback_names_the_cell_and_the_line_in_it(worker):
    files = {"n.ipynb": notebook("import math", "def f(x):\n    y = 1\n    return y // x")}
    worker.load(files, "f")
    raised = worker.call("f", 0)
    assert (raised.path, raised.line) == ("n.ipynb, cell 2", 3)


def test_cells_in_any_order_and_twice_are_fine(worker):
    cells = ["def f(x):\n    return g(x) + N", "N = 1", "def g(x):\n    return 0", "N = M = 5"]
    files = {"n.ipynb": notebook(*cells, "def g(x):\n    return 2 * x", "M = 5", "N = M")}
    worker.load(files, "f")
    assert worker.call("f", 3) == 11


def test_a_broken_cell_loses_only_itself(worker):
    files = {"n.ipynb": notebook("def f(:\n    pass", "def g(): return 1", "1 +", "g(")}
    reply = worker.parse(files, "f", "g")
    assert reply["functions"]["f"]["state"] == "MISSING"
    assert "cell 1" in reply["functions"]["f"]["message"]
    assert worker.load(files, "g")["g"] is None
    assert worker.call("g") == 1


def test_a_broken_function_loses_only_itself_within_its_cell(worker):
    source = """
        def f(x)
            return x

        @decorated
        def h(x):
            return (x

        def g(x):
            return x + 1
    """
    files = {"n.ipynb": notebook(source)}
    reply = worker.parse(files, "f", "g", "h")
    states = [reply["functions"][name]["state"] for name in "fgh"]
    assert states == ["MISSING", "WRITTEN", "MISSING"]
    assert "expected ':'" in reply["functions"]["f"]["message"]
    worker.load(files, "g")
    assert worker.call("g", 1) == 2


def test_top_level_await_is_tolerated(worker):
    cells = ["import asyncio\nawait asyncio.sleep(1)", "x = await fetch()", "def f(): return 1"]
    worker.load({"n.ipynb": notebook(*cells)}, "f")
    assert worker.call("f") == 1


def test_names_of_jupyter_are_there(worker):
    source = "def f(x):\n    display(x)\n    get_ipython().run_line_magic('time', '')\n    return x"
    worker.load({"n.ipynb": notebook(source)}, "f")
    assert worker.call("f", 2) == 2


def test_output_of_a_shell_command_is_not_made_up(worker):
    worker.load({"n.ipynb": notebook("files = !ls", "def f():\n    return files[0]")}, "f")
    assert "`!ls` is not run here" in worker.call("f").text


def test_checks_of_the_grader_itself_do_nothing(worker):
    cells = [
        "import grader",
        "g = grader.Notebook()\ngrader.check('relu')",
        "def f():\n    grader.check('f')\n    return 3",
    ]
    worker.load({"n.ipynb": notebook(*cells)}, "f")
    assert worker.call("f") == 3


def test_source_of_a_cell_can_be_inspected(worker):
    source = "import inspect\ndef f():\n    return inspect.getsource(f)"
    worker.load({"n.ipynb": notebook(source)}, "f")
    assert worker.call("f") == "def f():\n    return inspect.getsource(f)"


def stored(*outputs) -> bytes:
    """A notebook with one code cell and these outputs."""
    return notebook("x = 1").replace(
        b'"outputs": []', b'"outputs": ' + json.dumps(outputs).encode()
    )


@pytest.mark.parametrize(
    ("outputs", "text"),
    [
        ([{"output_type": "stream", "text": ["a\n", "b\n"]}], "a\nb"),
        ([{"output_type": "stream", "text": "a"}, {"output_type": "stream", "text": "b"}], "a\nb"),
        ([{"data": {"text/plain": "3", "text/html": "<b>3</b>"}}], "3"),
        ([{"data": {"text/plain": "<Figure>", "image/png": "AAAA"}}],
         "<Figure>\n(image/png is not shown)"),
        ([{"data": {"text/html": "<script>alert(1)</script>"}}], ""),
        ([{"traceback": ["\x1b[0;31mValueError\x1b[0m", "x"]}], "ValueError\nx"),
        ([{"output_type": "pyout", "text": "3"}], "3"),
        ([{"output_type": "stream", "text": " 10%\r 50%\r100%\nok"}], "100%\nok"),
        ([{"output_type": "stream", "text": "x" * 20_000}], "x" * 8192),
        (["odd", {"data": [1]}, {"text": 5}, {"traceback": [None]}], ""),
    ],
)  # fmt: skip
def test_outputs_are_kept_as_text(outputs, text):
    [cell] = notebook_cells(stored(*outputs))
    assert cell.output == text


def test_outputs_that_are_no_list_do_not_matter():
    [cell] = notebook_cells(notebook("x = 1").replace(b'"outputs": []', b'"outputs": {"a": 1}'))
    assert cell.output == ""


def written(*cells) -> bytes:
    """A notebook with these cells: (kind, source) or (kind, source, printed)."""
    return json.dumps(
        {
            "nbformat": 4,
            "metadata": {},
            "cells": [
                {
                    "cell_type": kind,
                    "source": source,
                    "outputs": [{"output_type": "stream", "text": text} for text in printed],
                }
                for kind, source, *printed in cells
            ],
        }
    ).encode()


def test_texts_and_outputs_come_along_in_the_order_of_the_notebook(worker):
    data = written(
        ("markdown", "# Week 1"),
        ("code", "def f(x): return x", "\x1b[1mhi"),
        ("raw", "not shown"),
        ("code", "f(1)", "1"),
    )
    sources = worker.parse({"a.ipynb": data}, "f")["sources"]
    assert [(s["kind"], s["cell"], s["text"], s["output"]) for s in sources] == [
        ("markdown", None, "# Week 1", ""),
        ("code", 1, "def f(x): return x", "hi"),
        ("code", 2, "f(1)", "1"),
    ]


def test_neither_texts_nor_outputs_take_the_room_of_code(worker):
    loud = [("markdown", "m" * 50_000), ("code", "x = 1", "o" * 50_000)] * 30
    data = written(*loud, ("code", "def f(x): return x"))
    sources = worker.parse({"a.ipynb": data}, "f")["sources"]
    assert [s["text"] for s in sources if s["kind"] == "code"][-1] == "def f(x): return x"
    beside = [s["output"] if s["kind"] == "code" else s["text"] for s in sources]
    assert max(map(len, beside)) <= 8192
    assert sum(map(len, beside)) <= 65536


HELPER = "%%writefile helper.py\nimport torch\n\ndef mask(x):\n    return torch.relu(x) > 0"
USES_IT = "from helper import mask\ndef relu(x):\n    return x * mask(x)"


def test_a_module_that_a_notebook_writes_can_be_imported(worker):
    files = {"week1/relu.ipynb": notebook(HELPER, USES_IT)}
    assert worker.load(files, "relu")["relu"] is None
    assert worker.observe("relu", torch.tensor([-1.0, 2.0])).raised is None
    assert worker.parse(files, "relu")["notes"] == []


def test_what_was_handed_in_comes_before_what_a_notebook_writes(worker):
    files = {
        "relu.ipynb": notebook(HELPER, USES_IT),
        "helper.py": b"def mask(x):\n    return x > 1\n",
    }
    worker.load(files, "relu")
    assert from_wire(worker.observe("relu", torch.tensor([1.0])).result).tolist() == [0.0]


def test_forbidden_calls_are_found_in_modules_that_a_notebook_writes(worker):
    files = {"relu.ipynb": notebook(HELPER, USES_IT)}
    reply = worker.parse(files, "relu", forbidden={"relu": ["torch.relu"]}, imports=["torch"])
    assert [finding["call"] for finding in reply["findings"]] == ["torch.relu"]
    assert reply["findings"][0]["path"] == "helper.py"


def test_a_function_in_a_written_module_does_not_compete_with_that_of_a_cell(worker):
    files = {
        "n.ipynb": notebook("%%writefile old.py\ndef f(x):\n    return 1", "def f(x): return 2")
    }
    assert worker.parse(files, "f")["functions"]["f"]["state"] == "WRITTEN"
    worker.load(files, "f")
    assert worker.observe("f", 0).result == 2


def test_cells_can_add_to_a_module(worker):
    files = {
        "n.ipynb": notebook(
            "%%file ./a.py\nx = 1",
            "%%writefile -a a.py\ny = 2",
            "%%writefile ../b.py\nz = 3",
            "from a import x, y\ndef f():\n    return x + y",
        )
    }
    worker.load(files, "f")
    assert worker.observe("f").result == 3


def test_a_notebook_can_run_a_module_that_was_handed_in(worker):
    files = {
        "f.ipynb": notebook("%run helper.py", "def f(x):\n    return twice(x)"),
        "helper.py": b"def twice(x):\n    return 2 * x\n",
    }
    assert worker.load(files, "f")["f"] is None
    assert worker.observe("f", 4).result == 8


def test_forbidden_calls_are_found_in_a_module_that_a_notebook_runs(worker):
    files = {
        "f.ipynb": notebook("%run helper.py", "def f(x):\n    return rectified(x)"),
        "helper.py": b"import torch\ndef rectified(x):\n    return torch.relu(x)\n",
    }
    reply = worker.parse(files, "f", forbidden={"f": ["torch.relu"]}, imports=["torch"])
    assert [finding["call"] for finding in reply["findings"]] == ["torch.relu"]


def test_a_module_that_cannot_be_run_costs_only_what_needs_it(worker):
    files = {"f.ipynb": notebook("%run missing.py", "def f(x):\n    return x")}
    assert worker.load(files, "f")["f"] is None
