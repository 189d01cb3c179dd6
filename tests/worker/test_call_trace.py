import textwrap
import time

import pytest
import torch

from grader.observe import recipe, to_wire
from grader.protocol import Operation

FORBIDDEN = [
    "torch.relu", "torch.relu_", "torch.nn", "Tensor.relu", "torch.ops", "torch._C",
    "grader.observe", "grader.worker", "numpy.pad", "random.seed", "torch.manual_seed",
    "torch.default_generator",
]  # fmt: skip
HEAD = """
import functools, operator, random
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
"""
NAME = '"".join(["re", "lu"])'

FOUND = {
    "by a computed name": (f"return getattr(torch, {NAME})(x)", "torch.relu"),
    "by a computed name of another module": (f"return getattr(F, {NAME})(x)",
                                             "torch.nn.functional.relu"),
    "by a computed method": (f"return getattr(x, {NAME})()", "Tensor.relu"),
    "in place by a computed method": (f"return getattr(x.clone(), {NAME} + '_')()",
                                      "Tensor.relu_"),
    "passed to map": (f"return list(map(getattr(torch, {NAME}), [x]))[0]", "torch.relu"),
    "held by partial": (f"return functools.partial(getattr(torch, {NAME}))(x)", "torch.relu"),
    "by a caller of methods": (f"return operator.methodcaller({NAME})(x)", "Tensor.relu"),
    "in a text that is evaluated": (f"return eval('torch.' + {NAME} + '(x)')", "torch.relu"),
    "in a text with names of its own": (
        f"return eval('t.' + {NAME} + '(x)', dict(t=torch, x=x))", "torch.relu"),
    "among torch's operators": (f"return getattr(torch.ops.aten, {NAME}).default(x)",
                                "torch.ops.aten.relu.default"),
    "a packet of torch's operators": (f"return getattr(torch.ops.aten, {NAME})(x)",
                                      "torch.ops.aten.relu"),
    "below torch's names": (
        "return getattr(torch._C._nn, 'nll_loss_' + 'nd')(x, torch.tensor([0]))",
        "torch._C._nn.nll_loss_nd"),
    "a layer by a computed name": ("return getattr(nn, 'Re' + 'LU')()(x)", "torch.nn.ReLU"),
    "a function that torch makes": ("return getattr(F, 'max_' + 'pool1d')(x[None], 1)[0]",
                                    "torch.nn.functional.max_pool1d"),
    "numpy's": ("return getattr(np, 'p' + 'ad')(x.numpy(), 1)", "numpy.pad"),
    "the grader's own": ("from grader.observe import builders; "
                         f"return builders.TORCH_FUNCTIONS[{NAME}](x)",
                         "torch.nn.functional.relu"),
    "the grader's own stand-ins": ("from grader.observe import stand_ins; "
                                   "return list(stand_ins.STAND_INS.values())[2](x, 0)",
                                   "grader.observe.stand_ins._pad2d"),
    "a bound function": ("getattr(random, 'se' + 'ed')(3); return x", "random.seed"),
    "the generator of all": ("getattr(torch, 'default_' + 'generator').manual_seed(3); return x",
                             "torch.default_generator.manual_seed"),
}  # fmt: skip

ALLOWED = {
    "what is not forbidden": "return torch.maximum(x, torch.zeros(()))",
    "a function of one's own": "return own(x)",
    "a name with another meaning": "return torch.conv2d(x[None, None], torch.ones(1, 1, 1, 1))[0]",
    "what torch calls inside": "return torch.einsum('ij->ij', x) + torch.norm(x) * 0",
    "a model that was given": "return given(x)",
    "a module of one's own": "return Own()(x)",
    "parameters": "return x * nn.Parameter(torch.ones(1))",
    "a generator of one's own": "torch.Generator().manual_seed(3); random.Random(3).seed(4); "
    "return x",
    "operators and properties": "return (-x).T.abs() @ x + x[0] - x.mean() ** 2 / x.shape[0]",
    "numpy's others": "return np.zeros(3) + np.mean(x.numpy())",
    "what a torch function puts around": "return torch.vmap(lambda row: row.clamp(min=0))(x)",
    "an error of its own": "raise ValueError",
    "mentioned, not called": "return [torch.relu, nn.ReLU, F.relu] and x",
}


def trace(worker, body, forbidden=FORBIDDEN, **arguments):
    files = HEAD + textwrap.dedent(
        f"""
        def own(x):
            return x * (x > 0)

        class Own(nn.Module):
            def __init__(self):
                super().__init__()
                self.scale = nn.Parameter(torch.ones(1))
            def forward(self, x):
                return self.scale * own(x)

        def work(x, given=None):
            {body}
        """
    )
    assert worker.load(files, "work")["work"] is None
    case = [[to_wire(torch.eye(3))], {k: to_wire(v) for k, v in arguments.items()}]
    [rows] = worker.ask(Operation.TRACE, functions={"work": ([case], forbidden, "")}, seconds=5.0)
    return rows


@pytest.mark.parametrize(("body", "call"), FOUND.values(), ids=FOUND)
def test_a_forbidden_call_is_found_at_run_time(worker, body, call):
    [row] = trace(worker, body)
    assert (row["function"], row["call"], row["path"]) == ("work", call, "hand_in.py")
    assert row["line"] == 19
    assert row["cell"] is None


@pytest.mark.parametrize("body", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_is_never_found(worker, body):
    layers = [recipe("linear", in_features=3, out_features=3), recipe("relu")]
    assert trace(worker, body, given=recipe("sequential", layers=layers)) == []


ARITHMETIC = ["Tensor.mul", "Tensor.add", "Tensor.abs", "Tensor.gt", "Tensor.matmul", "torch.mul"]


@pytest.mark.parametrize(
    "body",
    [
        "return 2 * x * 3 + x",
        "x = x * 2; x *= 3; x += 1; return x",
        "return sum([x, x, x])",
        "return operator.mul(x, x) + functools.reduce(operator.add, [x, x])",
        "return abs(x) @ x",
        "return list(map(abs, [x]))[0]",
        "return (x > 0) * x",
        "return max(x[0, 0], x[1, 1])",
    ],
)
def test_an_operator_is_not_the_method_that_torch_takes_it_for(worker, body):
    assert trace(worker, body, forbidden=ARITHMETIC) == []


@pytest.mark.parametrize("name", ["mul", "mul_", "add", "matmul"])
def test_a_method_is_found_though_an_operator_does_the_same(worker, name):
    [row] = trace(worker, f"return getattr(x, '{name[0]}' + '{name[1:]}')(x)", forbidden=ARITHMETIC)
    assert row["call"] == f"Tensor.{name}"


def test_a_name_that_the_student_gave_a_new_meaning_is_allowed(worker):
    assert trace(worker, "torch.relu = own; return torch.relu(x)") == []


def test_the_function_can_itself_be_the_forbidden_one(worker):
    worker.load(HEAD + f"work = getattr(torch, {NAME})", "work")
    case = [[to_wire(torch.eye(3))], {}]
    [[row]] = worker.ask(Operation.TRACE, functions={"work": ([case], FORBIDDEN, "")}, seconds=5.0)
    assert (row["call"], row["line"]) == ("torch.relu", None)


def test_cells_of_notebooks_are_named(worker, tmp_path):
    import nbformat

    cells = ["import torch", f"def work(x):\n    return getattr(torch, {NAME})(x)"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    worker.load({"a.ipynb": nbformat.writes(notebook)}, "work")
    case = [[to_wire(torch.eye(3))], {}]
    [[row]] = worker.ask(Operation.TRACE, functions={"work": ([case], FORBIDDEN, "")}, seconds=5.0)
    assert (row["path"], row["cell"], row["line"]) == ("a.ipynb", 2, 2)


def test_a_loop_ends_with_its_time(worker):
    started = time.monotonic()
    assert worker.load("def work(x):\n    while True: pass", "work")["work"] is None
    worker.ask(Operation.TRACE, functions={"work": ([[[1], {}]], FORBIDDEN, "")}, seconds=0.3)
    assert time.monotonic() - started < 5
    assert trace(worker, "return x") == []
