import json
import textwrap

import pytest

from grader.protocol import Operation, Raised
from grader.source_check import Piece, bindings_of
from grader.worker.cleaning import clean, cut
from grader.worker.recovery import read_statements

NESTED = {
    "brackets": "x = " + "(" * 5000 + ")" * 5000,
    "many brackets": "x = " + "[" * 100_000,
    "signs": "x = " + "-" * 100_000 + "1",
    "attributes": "x = a" + ".b" * 50_000,
    "sums": "x = 1" + "+1" * 50_000,
    "nots": "x = " + "not " * 50_000 + "1",
    "lambdas": "x = " + "lambda: " * 5000 + "1",
    "blocks": "".join("  " * i + "if 1:\n" for i in range(150)) + "  " * 150 + "pass",
    "a long number": "x = " + "9" * 1_000_000,
    "NUL": "x = 1\0",
    "one long line": "x = '" + "a" * 5_000_000 + "'",
}


def test_an_empty_parse_says_that_nothing_was_handed_in(worker):
    found = worker.parse({}, "relu")["functions"]["relu"]
    assert found["state"] == "MISSING"
    assert found["message"] == (
        "There is no `relu`: no Python file (.py) or notebook (.ipynb) was handed in."
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", '"""Only a docstring."""\n'])
def test_a_file_without_code_has_no_functions(worker, text):
    assert worker.parse(text, "relu")["functions"]["relu"]["state"] == "MISSING"


def test_an_empty_file_is_named(worker):
    message = worker.parse({"a.py": b""}, "relu")["functions"]["relu"]["message"]
    assert message == "There is no `relu`. a.py: the file is empty."


def test_only_where_no_file_could_be_read_is_it_the_place_of_a_missing_function(worker):
    assert worker.parse({"a.py": b""}, "relu")["functions"]["relu"]["path"] == "a.py"
    files = {"a.py": b"", "b.py": b"x = 1"}
    assert worker.parse(files, "relu")["functions"]["relu"]["path"] == ""


def test_a_written_function_is_described(worker):
    source = "\n\n\ndef f(a, b=1, /, c=2, *d, e, g=3, **h):\n    return a\n"
    found = worker.parse(source, "f")["functions"]["f"]
    assert found == {
        "state": "WRITTEN",
        "path": "hand_in.py",
        "line": 4,
        "cell": None,
        "parameters": [
            ["a", "positional_only", False],
            ["b", "positional_only", True],
            ["c", "positional_or_keyword", True],
            ["d", "var_positional", False],
            ["e", "keyword_only", False],
            ["g", "keyword_only", True],
            ["h", "var_keyword", False],
        ],
        "nearest": "",
        "nearest_line": None,
        "message": "",
    }


def test_the_parameters_of_a_decorated_function_are_not_known(worker):
    found = worker.parse("@stable\ndef f(x, dim):\n    return x\n", "f")["functions"]["f"]
    assert (found["state"], found["parameters"]) == ("WRITTEN", None)


STUBS = [
    "def f(x):\n    '''Doc.'''\n    raise NotImplementedError\n",
    "def f(x):\n    raise NotImplementedError('later')\n",
    "def f(x):\n    raise NotImplemented\n",
    "def f(x): pass\n",
    "def f(x): ...\n",
    "def f(x):\n    '''Doc.'''\n",
    "def f(x):\n    return None\n",
    "def f(x):\n    return\n",
    "def f(x):\n    # YOUR CODE HERE\n",
    "def f(x):\n    '''Doc.'''\n    # TODO\n    pass\n    raise NotImplementedError()\n",
    "f = lambda x: None\n",
    "def stub(x): pass\nf = stub\n",
    "class f:\n    def __call__(self, x):\n        raise NotImplementedError\n",
]


@pytest.mark.parametrize("source", STUBS)
def test_a_function_that_was_not_begun_is_a_stub(worker, source):
    assert worker.parse(source, "f")["functions"]["f"]["state"] == "STUB"


WRITTEN = [
    "def f(x):\n    return 0\n",
    "def f(x):\n    if x: raise NotImplementedError\n    return x\n",
    "def f(x):\n    print(x)\n",
    "def f(x): raise ValueError\n",
    "f = lambda x: x\n",
    "f = max\n",
    "f = g()\n",
    "from helpers import f\n",
    "class f:\n    def __call__(self, x):\n        return x\n",
]


@pytest.mark.parametrize("source", WRITTEN)
def test_a_function_that_was_begun_is_written(worker, source):
    assert worker.parse(source, "f")["functions"]["f"]["state"] == "WRITTEN"


@pytest.mark.parametrize(
    ("value", "kind"), [("3", "a constant"), ("[1]", "a list"), ("(1, 2)", "a tuple")]
)
def test_a_name_that_holds_no_function_says_what_it_holds(worker, value, kind):
    found = worker.parse(f"def f(x): return x\nf = {value}\n", "f")["functions"]["f"]
    assert (found["state"], found["line"]) == ("MISSING", 2)
    assert f"`f` is {kind} here (hand_in.py, line 2), not a function" in found["message"]


@pytest.mark.parametrize("given", ["Relu", "ReLU", "relu_", "my_relu", "relU", "rellu", "Net.relu"])
def test_a_near_name_is_suggested_and_not_taken(worker, given):
    if given.startswith("Net."):
        source = "\nclass Net:\n    def relu(self, x): return x\n"
    else:
        source = f"\n\ndef {given}(x): return x\n"
    found = worker.parse(source, "relu")["functions"]["relu"]
    assert (found["state"], found["nearest"], found["nearest_line"]) == ("MISSING", given, 3)
    assert f"The nearest name is `{given}` (hand_in.py, line 3)" in found["message"]


def test_a_name_that_is_asked_for_itself_is_not_suggested(worker):
    functions = worker.parse("def conv_outs(n): return n", "conv_out", "conv_outs")["functions"]
    assert functions["conv_out"]["nearest"] == ""


def test_a_far_name_is_not_suggested(worker):
    assert worker.parse("def evaluate(x): return x", "relu")["functions"]["relu"]["nearest"] == ""


def test_the_last_definition_counts_and_the_student_is_told(worker):
    source = "def f(): return 1\ndef f(): return 2\n"
    reply = worker.parse(source, "f")
    assert reply["functions"]["f"]["line"] == 2
    assert [note["text"] for note in reply["notes"]] == [
        "`f` is defined 2 times; the last one counts"
    ]
    worker.load(source, "f")
    assert worker.call("f") == 2


def test_a_stub_below_the_own_function_is_pointed_out(worker):
    source = "def f(): return 1\ndef f(): raise NotImplementedError\n"
    reply = worker.parse(source, "f")
    assert reply["functions"]["f"]["state"] == "STUB"
    assert "not written yet: remove it" in reply["notes"][0]["text"]
    assert reply["functions"]["f"]["message"] == reply["notes"][0]["text"] + "."


def test_two_stubs_are_not_told_to_hide_anything(worker):
    reply = worker.parse("def f(): ...\ndef f(): ...\n", "f")
    assert [note["text"] for note in reply["notes"]] == [
        "`f` is defined 2 times; the last one counts"
    ]
    assert reply["functions"]["f"]["message"] == ""


def test_an_earlier_definition_that_counts_is_told_from_a_later_broken_one(worker):
    right, broken = "def f(x):\n    return x\n", "def f(x)\n    return 2\n"
    cells = [{"cell_type": "code", "source": text} for text in (right, broken)]
    for order, expected in ((cells, ["(line 1 of cell 1)"]), (cells[::-1], [])):
        data = json.dumps({"cells": order, "nbformat": 4}).encode()
        reply = worker.parse({"f.ipynb": data}, "f")
        told = [n["text"] for n in reply["notes"] if "the earlier one counts" in n["text"]]
        assert [text[-len("(line 1 of cell 1)") :] for text in told] == expected
        assert reply["functions"]["f"]["state"] == "WRITTEN"


STUB = "def f(x):\n    raise NotImplementedError\n"


def test_a_written_function_is_preferred_to_a_stub_in_another_file(worker):
    files = {"a.py": STUB, "z.py": "def f(x): return x\n", "f.py": STUB}
    assert worker.parse(files, "f", slug="f")["functions"]["f"]["path"] == "z.py"


def test_the_file_named_like_the_exercise_is_preferred(worker):
    files = {"a.py": "def f(x): return 1\n", "sub/Topic.py": "def f(x): return 2\n"}
    assert worker.parse(files, "f", slug="topic")["functions"]["f"]["path"] == "sub/Topic.py"


def test_two_different_files_are_not_guessed_between(worker):
    files = {"a.py": "def f(x): return 1\n", "b.py": "def f(x): return 2\n"}
    found = worker.parse(files, "f", slug="topic")["functions"]["f"]
    assert found["state"] == "MISSING"
    assert "`a.py`, `b.py`" in found["message"]
    assert "Hand in one of them" in found["message"]


def test_the_same_code_twice_is_one(worker):
    files = {"a.py": "def f(x): return 1\n", "b.py": "# copy\ndef f(x):\n    return 1\n"}
    assert worker.parse(files, "f")["functions"]["f"]["path"] == "a.py"


def test_a_notebook_and_the_module_made_from_it_are_one(worker):
    cells = ["import math\nN = 2", "def f(x):\n    return math.floor(x) * N", "print(f(1))"]
    notebook = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    module = "get_ipython().system('ls')\n# In[1]:\n" + "\n".join(cells[:2])
    files = {"hw.ipynb": json.dumps(notebook), "hw.py": module}
    assert worker.parse(files, "f")["functions"]["f"]["state"] == "WRITTEN"
    files["hw.py"] = module.replace("N = 2", "N = 3")
    assert worker.parse(files, "f")["functions"]["f"]["state"] == "MISSING"


def test_a_notebook_under_another_name_is_read(worker):
    notebook = {"cells": [{"cell_type": "code", "source": "def f(): return 6"}], "nbformat": 4}
    files = {"hw.py": json.dumps(notebook)}
    assert worker.parse(files, "f")["functions"]["f"]["cell"] == 1
    worker.load(files, "f")
    assert worker.call("f") == 6


def test_the_file_that_defines_is_preferred_to_one_that_imports(worker):
    files = {"a.py": "from b import f\n", "b.py": "def f(x): return 1\n"}
    assert worker.parse(files, "f")["functions"]["f"]["path"] == "b.py"


def test_a_single_file_can_be_asked_for(worker):
    files = {"a.py": "def f(x): return 1\n", "b.py": "def f(x): return 2\n"}
    assert worker.parse(files, "f", path="b.py")["functions"]["f"]["path"] == "b.py"
    worker.load(files, "f", path="b.py")
    assert worker.call("f", 0) == 2


def test_folders_of_tools_are_not_read(worker):
    names = ["__MACOSX/a.py", ".ipynb_checkpoints/a.py", "env/site-packages/a.py", "._a.py"]
    reply = worker.parse(dict.fromkeys(names, "def f(): return 1"), "f")
    assert reply["functions"]["f"]["state"] == "MISSING"
    assert reply["sources"] == []


def test_a_syntax_error_is_explained_with_its_line(worker):
    source = "def f(x):\n    y = (x\n    return y\n\ndef g(x):\n    return x\n"
    reply = worker.parse(source, "f", "g")
    found = reply["functions"]["f"]
    assert (found["state"], found["line"]) == ("MISSING", 2)
    assert found["message"] == "`f` cannot be read: '(' was never closed (hand_in.py, line 2)."
    assert reply["functions"]["g"]["state"] == "WRITTEN"
    assert "This part (`f`" in reply["notes"][0]["text"]


CONFLICT = "<<<<<<< HEAD\n    return x + 1\n=======\n    return x - 1\n>>>>>>> theirs\n"


@pytest.mark.parametrize("body", ["", "    x = x * 2\n"], ids=["whole body", "end of a body"])
def test_a_conflict_of_git_is_named_with_the_function_it_stands_in(worker, body):
    source = f"import math\n\ndef f(x):\n{body}{CONFLICT}\ndef g(x):\n    return x\n"
    functions = worker.parse(source, "f", "g")["functions"]
    first = 4 + bool(body)
    assert functions["f"]["state"] == "MISSING"
    assert f"both versions of a merge in lines {first} to {first + 4}" in functions["f"]["message"]
    assert functions["f"]["line"] == first
    assert functions["g"]["state"] == "WRITTEN"


def test_a_conflict_between_functions_costs_only_those_in_it(worker):
    versions = "<<<<<<< HEAD\ndef f(x): return 1\n=======\ndef f(x): return 2\n>>>>>>> b\n"
    source = f"def g(x):\n    return x\n\n{versions}\ndef h(x):\n    return x\n"
    reply = worker.parse(source, "f", "g", "h")
    states = {name: found["state"] for name, found in reply["functions"].items()}
    assert states == {"f": "MISSING", "g": "WRITTEN", "h": "WRITTEN"}
    (note,) = reply["notes"]
    assert "`f`" in note["text"]
    assert "lines 4 to 8" in note["text"]


def test_lines_of_equal_signs_are_no_conflict(worker):
    source = '"""\nTitle\n=======\n"""\ndef f(x)\n    return x\n'
    assert "merge" not in worker.parse(source, "f")["functions"]["f"]["message"]


def test_a_function_with_a_mistake_is_not_hidden_by_an_older_stub(worker):
    files = {"a.py": "def f(x)\n    return x\n", "b.py": STUB}
    assert "expected ':'" in worker.parse(files, "f")["functions"]["f"]["message"]


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_source_that_breaks_parsers_costs_only_itself(start_worker, text):
    worker = start_worker()
    [reply] = worker.ask(
        Operation.PARSE,
        files={"bomb.py": text.encode(), "good.py": b"def f(): return 1"},
        functions=["f", "x"],
        forbidden={"f": ["torch.nn"], "x": ["torch.nn"]},
    )
    assert not isinstance(reply, Raised), reply
    assert reply["functions"]["f"]["state"] == "WRITTEN"
    assert worker.load({"bomb.py": text, "good.py": "def f(): return 1"}, "f")["f"] is None


def test_sources_are_cleaned_and_cut(worker):
    text = "def f():\n\treturn '\x1b[31m\u202e\x00'\n".replace("\x00", "\x07") + "# é\n" * 30_000
    [source] = worker.parse(text, "f")["sources"]
    assert source["text"].startswith("def f():\n\treturn '\u241b[31m<U+202E>\u2407'\n# é")
    assert source["truncated"]
    assert 60_000 < len(source["text"].encode()) <= 65_536


def test_many_large_files_still_fit_into_one_reply(worker):
    files = {f"f{i:03}.py": "# é\n" * 20_000 for i in range(100)}
    files["z.py"] = "def f(): return 1\n"
    reply = worker.parse(files, "f")
    assert reply["sources"][0]["path"] == "z.py"
    assert sum(len(source["text"].encode()) for source in reply["sources"]) < 600_000


def test_forbidden_calls_and_foreign_libraries_are_reported(worker):
    source = (
        "import numpy as np\n"
        "import torch.nn.functional as F\n"
        "def f(x):\n"
        "    return F.relu(np.abs(x))\n"
    )
    reply = worker.parse(source, "f", forbidden={"f": ["torch.nn"]}, imports=["math", "torch"])
    assert reply["findings"] == [
        {
            "function": "f",
            "call": "torch.nn.functional.relu",
            "path": "hand_in.py",
            "line": 4,
            "cell": None,
        }
    ]
    assert [note["text"] for note in reply["notes"]] == [
        "`numpy` is used here; this exercise is meant for `math`, `torch`."
    ]


def test_a_module_that_was_left_at_home_is_named(worker):
    source = "from helper import mask\ndef f(x):\n    return mask(x)\n"
    reply = worker.parse(source, "f", imports=["torch"])
    (note,) = reply["notes"]
    assert note["text"].endswith(
        "if it is a file of yours, hand in helper.py together with this one."
    )
    assert (note["path"], note["line"]) == ("hand_in.py", 3)


def test_the_standard_library_needs_no_note(worker):
    source = "import functools\ndef f(x):\n    return functools.reduce(max, x)\n"
    assert worker.parse(source, "f", imports=["torch"])["notes"] == []


def test_clean_spells_out_what_cannot_be_seen():
    assert clean("a\tb\nc") == "a\tb\nc"
    assert clean("\x00\x7f\x9b\u200b\ufeff\u2066") == "\u2400\u2421<U+009B><U+200B><U+FEFF><U+2066>"
    assert clean("\ud800") == "?"


def test_cut_never_breaks_a_character():
    assert cut("aé", 2) == ("a", True)
    assert cut("aé", 3) == ("aé", False)


@pytest.mark.parametrize(
    ("text", "kept", "broken"),
    [
        ("x = 1\ny = (\nz = 2\n", ["x", "z"], ["y"]),
        ("@d\ndef f(:\n    pass\n\nx = 1\n", ["x"], ["f"]),
        ("if x:\n    y = 1\nelse\n    y = 2\nz = 3\n", ["z"], []),
        ("s = '''\ndef f():\n'''\nx = 1 1\nz = 2\n", ["s", "z"], ["x"]),
        ("try:\n    a = 1\nexcept E:\n    a = 2\nb = = 1\n", ["a", "a"], ["b"]),
        ("def f():\n    pass\n  x = 1\ny = 1\n", ["y"], ["f"]),
    ],
)
def test_recovery_keeps_what_can_be_read(text, kept, broken):
    statements, parts = read_statements(text)
    piece = Piece(path="a.py", body=tuple(statements))
    assert [binding.name for binding in bindings_of([piece])] == kept
    assert [name for part in parts for name in part.names] == broken
    assert parts


def test_recovered_statements_keep_their_lines():
    text = textwrap.dedent(
        """
        x = (

        def f():
            return 1
        """
    )
    [function], [part] = read_statements(text)
    assert (function.lineno, part.line, part.sentence) == (4, 2, "'(' was never closed")
