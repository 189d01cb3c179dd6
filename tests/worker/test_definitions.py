import textwrap

import pytest


@pytest.fixture
def call(worker):
    """Loads a source in definitions mode and calls its `f`."""

    def load_and_call(source, *args):
        worker.load(textwrap.dedent(source), "f", mode="definitions")
        return worker.call("f", *args)

    return load_and_call


def test_training_plots_and_prints_are_not_run(call):
    source = """
        import pathlib
        here = pathlib.Path("ran")
        here.touch()
        for i in range(3):
            here.touch()
        print(here.write_text("x"))
        total = 0
        while total < 3:
            total += 1
            here.touch()
        def f():
            return here.exists()
    """
    assert call(source) is False


def test_a_function_finds_what_it_needs_however_late_it_stands(call):
    source = """
        RESULT = compute()
        def compute():
            return helper() * FACTOR
        def f():
            return RESULT + later()
        FACTOR = 10
        def helper():
            return 4
        def later():
            return OFFSET
        OFFSET = 2
    """
    assert call(source) == 42


def test_mutual_recursion_and_tables_of_functions_work(call):
    source = """
        def f(n):
            return n == 0 or odd(n - 1)
        def odd(n):
            return n != 0 and TABLE["f"](n - 1)
        TABLE = {"f": f}
    """
    assert call(source, 10) is True


def test_a_name_is_built_up_by_all_its_statements(call):
    source = """
        table = {}
        table["a"] = 1
        for key in "bc":
            table[key] = 2
        table.update(d=3)
        n = 1
        n += 2
        n = n * 2
        def f():
            return table, n
        f.limit = 3
    """
    assert call(source) == ({"a": 1, "b": 2, "c": 2}, 6)


def test_only_the_last_value_of_a_name_is_computed(call):
    source = """
        x = 1 / 0
        x = 2
        def f():
            return x
    """
    assert call(source) == 2


def test_conditions_around_definitions_are_kept(call):
    source = """
        import sys
        device = "cpu"
        if sys.version_info < (3,):
            device = "old"
        try:
            import absent_package
        except ImportError:
            absent_package = None
        def f():
            return device, absent_package
    """
    assert call(source) == ("cpu", None)


USES = [
    "x",
    "[1, x]",
    "x()",
    "x.y",
    "x[0]",
    "x + 1",
    "1 + x",
    "len(x)",
    "bool(x)",
    "list(x)",
    "x == 1",
    "-x",
    "int(x)",
    "str(x)",
    "hash(x)",
    "f'{x}'",
    "setattr(x, 'a', 1)",
    "torch.ones(1) * x",
    "torch.relu(x)",
    "{x: 1}",
]


@pytest.mark.parametrize("use", USES)
def test_a_value_that_could_not_be_created_raises_where_it_is_used(call, use):
    source = f"""
        import torch
        x = open("no_such_file")
        def f():
            return {use}
    """
    raised = call(source)
    assert raised.classes[0] == "NameError"
    assert raised.text.startswith("`x` could not be created: FileNotFoundError")


def test_a_value_that_could_not_be_created_harms_nobody_else(call):
    source = """
        import a_package_that_is_absent as plt
        from another_absent_package import show, draw
        data = plt.load("x")
        def f():
            return 1
        def plot():
            plt.show(data)
    """
    assert call(source) == 1


def test_the_first_cause_is_told(call):
    source = """
        data = open("no_such_file")
        rows = data.readlines()
        def f():
            return rows[0]
    """
    text = "`rows` could not be created: `data` could not be created: FileNotFoundError"
    assert call(source).text.startswith(text)


def test_a_failing_import_of_several_names_costs_only_the_absent_one(call):
    source = """
        import math, absent_package
        from math import pi, absent_name
        def f():
            return math.floor(pi)
    """
    assert call(source) == 3


def test_star_imports_are_used_for_names_from_nowhere(call):
    source = """
        from math import *
        def f():
            return floor(pi)
    """
    assert call(source) == 3


def test_an_annotation_that_nobody_imported_does_not_matter(call):
    source = """
        def f(x: Tensor, y: "Optional[int]" = None) -> Tensor:
            z: Undefined = x
            return z
    """
    assert call(source, 3) == 3


def test_a_default_that_cannot_be_computed_costs_that_function(worker):
    source = "def f(x=absent):\n    return 1\ndef g():\n    return 2\n"
    reply = worker.load(source, "f", "g", mode="definitions")
    assert reply["f"].text == "name 'absent' is not defined"
    assert (reply["f"].path, reply["f"].line) == ("hand_in.py", 1)
    assert worker.call("g") == 2


def test_an_annotation_in_a_class_that_nobody_imported_does_not_matter(call):
    source = """
        class Pair:
            first: Tensor = 1
        def f():
            return Pair.first
    """
    assert call(source) == 1


def test_future_imports_hold_for_all_statements(call):
    source = """
        from __future__ import annotations
        def f(x: Nowhere):
            return f.__annotations__["x"]
    """
    assert call(source, 1) == "Nowhere"


def test_classes_and_what_their_bodies_need_are_there(call):
    source = """
        import torch
        from dataclasses import dataclass
        WIDTH = 3
        class Base(torch.nn.Module):
            width = WIDTH
        class Net(Base):
            sizes = [i * 2 for i in range(WIDTH)]
            def forward(self, x):
                return x * SCALE
        SCALE = 2
        @dataclass
        class Pair:
            a: int
            b: int = WIDTH
        def f(x):
            return Net()(x), Net.sizes, Pair(1).b
    """
    assert call(source, 5) == (10, [0, 2, 4], 3)


def test_loops_that_happen_to_use_the_name_of_a_function_are_not_run(call):
    source = """
        def g():
            return 1
        for g in [1, 2, 3]:
            1 / 0
        def f():
            return g()
    """
    assert call(source) == 1


def test_functions_that_only_a_string_names_are_there_too(call):
    source = """
        def f(name):
            return globals()[name]()
        def hidden():
            return 5
    """
    assert call(source, "hidden") == 5


def test_a_long_chain_of_assignments_is_no_problem(call):
    lines = ["x0 = 0", *(f"x{i} = x{i - 1} + 1" for i in range(1, 500)), "def f(): return x499"]
    assert call("\n".join(lines)) == 499


def test_global_state_survives_between_calls(worker):
    source = "count = 0\ndef f():\n    global count\n    count += 1\n    return count\n"
    worker.load(source, "f", mode="definitions")
    assert [worker.call("f"), worker.call("f")] == [1, 2]


def test_a_helper_that_cannot_be_read_says_so_where_it_is_used(worker):
    broken = "def clip(x)\n    return x\n\nsum = (1\n\n"
    source = f"{broken}def f(x):\n    return clip(x) if x else sum([4])\n"
    worker.load(source, "f", mode="definitions")
    raised = worker.call("f", 1)
    assert raised.type_name == "NameError"
    assert raised.text == "`clip` cannot be read: expected ':' (hand_in.py, line 1)"
    assert worker.call("f", 0) == 4
