"""Notebooks run cell by cell in a worker, as Jupyter would run them, by either engine."""

import json

import pytest

import grader.worker.in_kernel
import grader.worker.in_shell  # noqa: F401  # workers are forked from here, and then have it
from grader.protocol import ArrayValue, Operation, Raised


def notebook(*cells, **members) -> bytes:
    """A notebook of format 4; a cell is its source, or a table of its members."""
    rows = [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            **({"source": cell} if isinstance(cell, str) else cell),
        }
        for cell in cells
    ]
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": rows, **members}
    ).encode()


@pytest.fixture(params=["ipython", "nbclient"])
def engine(request):
    return request.param


@pytest.fixture
def execute(worker, engine):
    """Runs all cells; the replies, and afterwards the functions named are loaded."""

    def run(*cells, seconds=30.0, output_bytes=1 << 20, functions=(), files=None, path="n.ipynb"):
        data = cells[0] if isinstance(cells[0], bytes) else notebook(*cells)
        files = {path: data, **(files or {})}
        [plan] = worker.ask(Operation.EXECUTE, files=files, path=path, engine=engine)
        assert not isinstance(plan, Raised), plan
        codes = [row for row in plan["cells"] if row[0] == "code"]
        replies = []
        for number in range(1, len(codes) + 1):
            [reply] = worker.ask(
                Operation.EXECUTE, cell=number, seconds=seconds, output_bytes=output_bytes
            )
            assert not isinstance(reply, Raised), reply
            replies.append(reply)
        if functions:
            loaded = worker.load(files, *functions, mode="executed")
            replies.append(loaded)
        return replies

    return run


def statuses(replies):
    return [reply["status"] for reply in replies]


def test_printed_text_and_the_last_value_are_outputs(execute):
    [reply] = execute("print('a')\nprint('b')\n1 + 1")
    assert reply["status"] == "ok"
    assert reply["outputs"] == [["stdout", "a\nb\n"], ["result", "2", ["text/plain"], []]]


def test_a_failing_cell_is_told_and_the_ones_after_it_run(execute):
    replies = execute("x = 1", "def f():\n    return 1 / 0\nprint('here')\nf()", "x + 1")
    assert statuses(replies) == ["ok", "error", "ok"]
    printed, error = replies[1]["outputs"]
    assert printed == ["stdout", "here\n"]
    assert error[:5] == ["error", "ZeroDivisionError", "division by zero", "n.ipynb, cell 2", 2]
    assert error[5] == [
        "n.ipynb, cell 2, line 4, in <module>",
        "n.ipynb, cell 2, line 2, in f",
    ]
    assert replies[2]["outputs"][0][1] == "2"


def test_a_syntax_error_names_its_cell_and_line(execute):
    [reply] = execute("x = 1\ndef f(:\n    pass")
    assert reply["outputs"][0][:2] == ["error", "SyntaxError"]
    assert reply["outputs"][0][3:5] == ["n.ipynb, cell 1", 2]


def test_a_hanging_cell_is_stopped_and_the_ones_after_it_run(execute):
    cells = ["while True:\n    pass", "import time\ntime.sleep(60)", "'still here'"]
    replies = execute(*cells, seconds=0.3)
    assert statuses(replies) == ["timeout", "timeout", "ok"]


def test_a_cell_that_swallows_the_first_alarm_meets_the_next(execute):
    cell = (
        "try:\n    while True:\n        pass\nexcept BaseException:\n    while True:\n        pass"
    )
    assert statuses(execute(cell, "1", seconds=1.0)) == ["timeout", "ok"]


def test_an_await_that_never_ends_is_stopped(execute):
    cells = ["import asyncio\nawait asyncio.sleep(60)", "await asyncio.sleep(0)\n3"]
    replies = execute(*cells, seconds=1.0)
    assert statuses(replies) == ["timeout", "ok"]
    assert replies[1]["outputs"][0][1] == "3"


def test_a_flood_is_stopped_and_the_ones_after_it_run(execute):
    replies = execute("while True:\n    print('x' * 100)", "1", output_bytes=100_000)
    assert statuses(replies) == ["error", "ok"]
    assert replies[0]["outputs"][-1][1:3] == ["Flood", "it printed more than 100,000 characters"]


def test_long_output_loses_its_middle(execute):
    [reply] = execute("for i in range(100_000):\n    print(i)")
    [[name, text]] = reply["outputs"]
    assert name == "stdout"
    assert text.startswith("0\n1\n")
    assert text.endswith("99999\n")
    assert "characters are left out here" in text
    assert len(text) < 100_000


def test_a_progress_bar_keeps_its_last_state(execute):
    [reply] = execute("for i in range(4):\n    print(f'\\rstep {i}', end='')\nprint()")
    assert reply["outputs"] == [["stdout", "step 3\n"]]


def test_magics_are_ipythons_own(execute):
    cells = [
        "%%time\nx = 3",
        "%timeit -n1 -r1 x",
        "%%capture caught\nprint('hidden')",
        "caught.stdout",
        "%who_ls",
        "%%writefile made.py\nanswer = 42",
        "import made\nmade.answer",
        "%run made.py\nanswer",
        "_",
    ]
    replies = execute(*cells)
    assert set(statuses(replies)) == {"ok"}
    assert replies[3]["outputs"][0][1] == "'hidden\\n'"
    assert [replies[i]["outputs"][-1][1] for i in (6, 7, 8)] == ["42", "42", "42"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("!ls -la", "cannot start other programs"),
        ("!pip install wandb", "nothing can be installed"),
        ("!python -m pip install x", "nothing can be installed"),
        ("%pip install wandb", "nothing can be installed"),
        ("%conda install x", "nothing can be installed"),
        ("%tensorflow_version 2.x", "not known here"),
        ("%%bash\nls", "cannot start other programs"),
        ("%%R\nx <- 3", "not known here"),
        ("exit()", "does not end"),
        ("%matplotlib inline", ""),
        ("%matplotlib notebook", ""),
        ("%load_ext autoreload\n%autoreload 2", ""),
    ],
)
def test_what_needs_the_world_outside_is_passed_over(execute, line, words):
    replies = execute(line, "x = 1\nx")
    assert statuses(replies) == ["ok", "ok"]
    assert words in "".join(str(output[1]) for output in replies[0]["outputs"])


def test_lines_after_a_refused_command_of_the_same_cell_run(execute):
    [reply] = execute("!pip install torch\nimport math\nmath.floor(2.5)")
    assert reply["outputs"][-1][1] == "2"


def test_output_of_a_command_is_not_made_up(execute):
    [reply] = execute("files = !ls\nfiles")
    assert reply["outputs"][0][1] == "RuntimeError"


@pytest.mark.parametrize("cell", ["input('n? ')", "import getpass\ngetpass.getpass()"])
def test_input_is_refused(execute, cell):
    [reply] = execute(cell)
    assert reply["outputs"][0][:2] == ["error", "RuntimeError"]
    assert "write the value into the code" in reply["outputs"][0][2]


def test_rich_outputs_are_named_and_only_their_text_is_taken(execute):
    cells = [
        "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))",
        "class R:\n    def _repr_html_(self):\n        return '<b>x</b>'\n"
        "    def __repr__(self):\n        return 'R!'\nR()",
    ]
    first, second = execute(*cells)
    kind, text, mimes, pictures = first["outputs"][0]
    assert (kind, "script" in text, mimes) == ("display", False, ["text/plain", "text/html"])
    assert second["outputs"] == [["result", "R!", ["text/plain", "text/html"], []]]
    assert pictures == []


def test_a_picture_comes_as_bytes(execute):
    cell = (
        "from IPython.display import Image, display\nfrom PIL import Image as P\n"
        "picture = P.new('L', (5, 4))\ndisplay(picture)\npicture.save('p.jpg')\nImage('p.jpg')"
    )
    [reply] = execute(cell)
    (_, _, names, [png]), (_, _, _, [jpeg]) = reply["outputs"]
    assert "image/png" in names
    assert bytes(png.buffer).startswith(b"\x89PNG")
    assert bytes(jpeg.buffer).startswith(b"\xff\xd8")


def test_a_display_is_updated_and_cleared(execute):
    cells = [
        "h = display('one', display_id=True)\nh.update('two')",
        "from IPython.display import clear_output\nprint('a')\nclear_output()\nprint('b')",
        "print('a')\nclear_output(wait=True)\nprint('b')",
    ]
    replies = execute(*cells)
    assert [reply["outputs"][0][1] for reply in replies] == ["'two'", "b\n", "b\n"]
    assert all(len(reply["outputs"]) == 1 for reply in replies)


def test_a_repr_that_fails_ends_only_its_own_output(execute):
    cell = "class R:\n    def __repr__(self):\n        raise ValueError('no')\nR()"
    replies = execute(cell, "1")
    assert statuses(replies) == ["ok", "ok"]


def test_top_level_await_and_tasks_work_as_in_a_kernel(execute):
    cells = [
        "import asyncio\nasync def f():\n    return 5\nawait f()",
        "task = asyncio.ensure_future(f())",
        "await task",
        "asyncio.run(f())",
    ]
    replies = execute(*cells)
    assert [replies[i]["outputs"][0][1] for i in (0, 2)] == ["5", "5"]
    assert "running event loop" in replies[3]["outputs"][-1][2]  # a kernel says so too


def test_the_notebook_is_the_main_module(execute):
    cells = ["__name__", "import sys\nsys.modules['__main__'].__dict__ is globals()", "sys.argv"]
    assert [r["outputs"][0][1] for r in execute(*cells)] == [
        "'__main__'",
        "True",
        "['ipykernel_launcher.py']",
    ]


def test_files_are_written_and_read_back_beside_the_notebook(execute):
    cells = [
        "open('made.txt', 'w').write('hello')",
        "open('made.txt').read()",
        "open('data.csv').read()",
        "import helpers\nhelpers.x",
    ]
    files = {"hw/data.csv": b"1,2", "hw/helpers.py": b"x = 7"}
    replies = execute(*cells, files=files, path="hw/n.ipynb")
    assert [r["outputs"][0][1] for r in replies[1:]] == ["'hello'", "'1,2'", "7"]


def test_colab_is_passed_over(execute):
    cells = [
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "from google.colab import files\nup = files.upload()\nup",
        "import google.colab\ngoogle.colab.output.clear()",
    ]
    replies = execute(*cells)
    assert set(statuses(replies)) == {"ok"}
    assert "No Drive is mounted at /content/drive" in replies[0]["outputs"][0][1]


def test_plots_without_matplotlib_are_passed_over(execute, monkeypatch):
    cells = [
        "%matplotlib inline",
        "import matplotlib.pyplot as plt\nimport torch",
        "fig, axes = plt.subplots(2, 3, figsize=(9, 6))\nfor ax in axes.flat:\n"
        "    ax.imshow(torch.zeros(2, 2))\naxes[0, 1].set_title('x')",
        "line, = plt.plot([1, 2])\nplt.show()",
        "fig, ax = plt.subplots()\nax.hist([1, 2])",
        "from tqdm.auto import tqdm\nsum(i for i in tqdm([1, 2, 3], desc='d'))",
        "from tqdm import trange\nwith trange(3) as bar:\n    n = sum(bar)\nn",
    ]
    replies = execute(*cells)
    assert set(statuses(replies)) == {"ok"}
    assert replies[5]["outputs"][-1][1] == "6"
    assert replies[6]["outputs"][-1][1] == "3"


def test_figures_stand_under_their_cells(execute):
    pytest.importorskip("matplotlib", reason="nothing draws here without matplotlib")
    cells = [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('x')",
        "%matplotlib widget\nfig, axes = plt.subplots(1, 2)\nplt.show()\nprint('y')",
        "1",
    ]
    first, second, third = execute(*cells, seconds=120.0)
    assert [output[0] for output in first["outputs"]] == ["stdout", "display"]
    assert len(first["outputs"][-1][3]) == 1
    assert [output[0] for output in second["outputs"]] == ["display", "stdout"]
    assert len(third["outputs"]) == 1


def test_checks_of_the_grader_itself_do_nothing(execute):
    cells = ["import grader\ngrader.check('relu')", "g = grader.Notebook()\ng.check('q1')"]
    assert set(statuses(execute(*cells))) == {"ok"}


def test_tagged_cells_and_texts_are_told_in_the_plan(worker):
    data = notebook(
        {"cell_type": "markdown", "source": "# Title"},
        "x = 1",
        {"source": "while True: pass", "metadata": {"tags": ["skip"]}},
        {"source": "1 / 0", "metadata": {"tags": ["slow", "skip-execution"]}},
        {"source": "2", "metadata": {"tags": "skip"}},
    )
    [plan] = worker.ask(Operation.EXECUTE, files={"n.ipynb": data}, path="n.ipynb")
    assert plan == {
        "problem": "",
        "cells": [
            ["markdown", "# Title", False, False],
            ["code", "x = 1", False, False],
            ["code", "while True: pass", True, False],
            ["code", "1 / 0", True, False],
            ["code", "2", False, False],
        ],
    }


def test_a_kernel_of_another_name_is_taken_if_its_language_is_python(worker):
    spec = {"kernelspec": {"name": "my-conda-env", "language": "python"}}
    [plan] = worker.ask(
        Operation.EXECUTE, files={"n.ipynb": notebook("1", metadata=spec)}, path="n.ipynb"
    )
    assert plan["problem"] == ""
    spec = {"kernelspec": {"name": "ir", "language": "R"}}
    [plan] = worker.ask(
        Operation.EXECUTE, files={"n.ipynb": notebook("1", metadata=spec)}, path="n.ipynb"
    )
    assert plan["problem"] == "the notebook is written in R, not in Python"


def test_functions_are_taken_from_what_was_executed(execute, worker):
    cells = [
        "state = {'n': 0}",
        "def f(x):\n    state['n'] += 1\n    return x * factor + state['n']",
        "factor = 2",
        "f(0)",
        "factor = 10",
    ]
    *_, loaded = execute(*cells, functions=["f"])
    assert loaded == {"f": None, "": []}
    assert worker.call("f", 3) == 32


def test_a_function_of_a_failing_cell_comes_from_its_definition(execute, worker):
    cells = ["x = nothing\ndef f(x):\n    return x + 1", "def g(x):\n    return 2 * x"]
    *_, loaded = execute(*cells, functions=["f", "g"])
    assert loaded["f"] is None
    assert "`f` was not there after the notebook had been run" in loaded[""][0]["text"]
    assert worker.call("f", 1) == 2
    assert worker.call("g", 4) == 8


def test_a_name_that_a_later_cell_imports_is_there_when_functions_are_called(execute, worker):
    cells = ["def f(x):\n    return torch.relu(torch.tensor(x)).item()", "import torch"]
    *replies, loaded = execute(*cells, functions=["f"])
    assert set(statuses(replies)) == {"ok"}
    assert loaded["f"] is None
    assert worker.call("f", -1.0) == 0.0


def test_a_call_of_an_executed_function_names_cell_and_line(execute, worker):
    execute("import math", "def f(x):\n    y = 1\n    return y // x", functions=["f"])
    raised = worker.call("f", 0)
    assert (raised.path, raised.line) == ("n.ipynb, cell 2", 3)


def test_definitions_can_be_loaded_after_an_execution(execute, worker):
    execute("def f():\n    return n", "n = 1", "import builtins\nn = 2", functions=["f"])
    worker.load({"n.ipynb": notebook("def f():\n    return 3")}, "f", mode="definitions")
    assert worker.call("f") == 3


def test_two_notebooks_keep_their_names_apart(worker, engine):
    files = {"a.ipynb": notebook("n = 1\ndef f():\n    return n"), "b.ipynb": notebook("n = 2")}
    files["b.ipynb"] = notebook("n = 2\ndef g():\n    return n")
    for path in files:
        worker.ask(Operation.EXECUTE, files=files, path=path, engine=engine)
        [reply] = worker.ask(Operation.EXECUTE, cell=1, seconds=10.0, output_bytes=1000)
        assert reply["status"] == "ok"
    loaded = worker.load(files, "f", "g", mode="executed")
    assert loaded == {"f": None, "g": None, "": []}
    assert (worker.call("f"), worker.call("g")) == (1, 2)


def _bytes(data: bytes) -> ArrayValue:
    return ArrayValue(kind="array", dtype="uint8", shape=(len(data),), strides=(1,), buffer=data)


def test_pictures_are_encoded_anew_or_dropped(worker):
    import io

    from PIL import Image, PngImagePlugin

    secret = PngImagePlugin.PngInfo()
    secret.add_text("Comment", "<script>alert(1)</script>")
    good, huge = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(good, format="PNG", pnginfo=secret)
    Image.new("1", (20_000, 20_000)).save(huge, format="PNG")
    parts = [good.getvalue(), b"GIF89a", good.getvalue()[:60], huge.getvalue(), b""]
    [[first, *others]] = worker.ask(Operation.PICTURES, pictures=[_bytes(p) for p in parts])
    data = bytes(first.buffer)
    assert b"script" not in data
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size, image.getpixel((3, 3))) == ("PNG", (30, 20), (255, 0, 0))
    assert others == [None, None, None, None]
