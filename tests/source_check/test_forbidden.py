import ast
import textwrap

import pytest

from grader.source_check import Checker, Module, Piece

FORBIDDEN = ("torch.relu", "torch.nn", "Tensor.relu")
HEAD = """
import functools, importlib, types
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn import functional as G
"""


def module(path: str, source: str, head: str = "") -> Module:
    """One file; the header stands in a piece of its own, so lines count from the source."""
    bodies = [ast.parse(text).body for text in (head, textwrap.dedent(source).lstrip("\n"))]
    return Module(path, tuple(Piece(path=path, body=tuple(body)) for body in bodies))


def findings(source: str, forbidden=FORBIDDEN, head: str = HEAD, **others: str):
    modules = [module("a.py", source, head)]
    modules += [module(f"{name}.py", text, "import torch") for name, text in others.items()]
    report = Checker(modules).check("a.py", "relu", forbidden)
    return [(found.call, found.path, found.line) for found in report.findings]


FOUND = {
    "called directly": """
        def relu(x): return torch.relu(x)
    """,
    "module under another name": """
        def relu(x): return G.relu(x)
    """,
    "imported under another name": """
        from torch import relu as r
        def relu(x): return r(x)
    """,
    "star import": """
        from torch.nn.functional import *
        def relu(x): return elu(x)
    """,
    "the function is the library's": """
        relu = torch.relu
    """,
    "in a lambda": """
        relu = lambda x: F.relu(x)
    """,
    "the function is a layer": """
        relu = nn.ReLU()
    """,
    "a layer made at the top": """
        act = nn.ReLU()
        def relu(x): return act(x)
    """,
    "in-place method": """
        def relu(x): return x.clone().relu_()
    """,
    "method": """
        def relu(x): return x.relu()
    """,
    "method of torch.Tensor": """
        def relu(x): return torch.Tensor.relu(x)
    """,
    "getattr with folded text": """
        def relu(x): return getattr(torch, 're'+'lu')(x)
    """,
    "getattr of a tensor": """
        def relu(x): return getattr(x, 'relu')()
    """,
    "importlib": """
        def relu(x): return importlib.import_module('torch.nn.functional').relu(x)
    """,
    "__import__": """
        def relu(x): return __import__('torch').relu(x)
    """,
    "in a helper": """
        def h(x): return F.relu(x)
        def relu(x): return h(x)
    """,
    "passed to a helper that calls it": """
        def h(f, x): return f(x)
        def relu(x): return h(F.relu, x)
    """,
    "in a method that a method calls": """
        class A:
          def go(self,x): return self.h(x)
          def h(self,x): return F.relu(x)
        def relu(x): return A().go(x)
    """,
    "in a module's layer": """
        class N(nn.Module):
          def __init__(self):
            super().__init__(); self.a=nn.ReLU()
          def forward(self,x): return self.a(x)
        net=N()
        def relu(x): return net(x)
    """,
    "by inheritance": """
        class N(nn.ReLU): pass
        def relu(x): return N()(x)
    """,
    "in a decorator": """
        def d(f):
          def w(x): return F.relu(x)
          return w
        @d
        def relu(x): return x
    """,
    "partial": """
        r=functools.partial(F.relu)
        def relu(x): return r(x)
    """,
    "vmap": """
        def relu(x): return torch.vmap(torch.relu)(x)
    """,
    "map": """
        def relu(x): return torch.stack(list(map(torch.relu, x)))
    """,
    "in a table": """
        OPS={'r':F.relu}
        def relu(x): return OPS['r'](x)
    """,
    "as a default": """
        def relu(x, f=torch.relu): return f(x)
    """,
    "from a factory": """
        def get(): return F.relu
        def relu(x): return get()(x)
    """,
    "imported inside": """
        def relu(x):
          import torch.nn.functional as Q
          return Q.relu(x)
    """,
    "in eval": """
        def relu(x): return eval('torch.relu(x)')
    """,
    "through __dict__": """
        def relu(x): return torch.__dict__['relu'](x)
    """,
    "in an inner function": """
        def relu(x):
          def inner(y): return F.relu(y)
          return inner(x)
    """,
    "in a class": """
        class relu(nn.Module):
          def forward(self,x): return F.relu(x)
    """,
    "chosen by a condition": """
        def relu(x): return (F.relu if x.dim() else abs)(x)
    """,
    "as a static method": """
        class O:
          r=staticmethod(F.relu)
        def relu(x): return O.r(x)
    """,
    "in an autograd function": """
        class Fn(torch.autograd.Function):
          @staticmethod
          def forward(ctx,x): return x.relu()
        def relu(x): return Fn.apply(x)
    """,
    "through super": """
        class N(nn.Module):
          def forward(self,x): return 1
        class M(nn.ReLU):
          def forward(self,x): return super().forward(x)
        def relu(x): return M()(x)
    """,
}


@pytest.mark.parametrize("source", FOUND.values(), ids=FOUND)
def test_a_forbidden_call_is_found(source):
    assert findings(source)


ALLOWED = {
    "own function of that name": """
        def softmax(x): return x
        def relu(x): return softmax(x)
    """,
    "own helper": """
        def relu(x): return relu2(x)
        def relu2(x): return x.clamp(min=0)
    """,
    "unused import": """
        from torch import relu as r
        def relu(x): return x*(x>0)
    """,
    "used elsewhere only": """
        def relu(x): return x*(x>0)
        def model(x): return F.relu(x)
    """,
    "in a comment or text": """
        def relu(x):
          'torch.relu(x)'
          # torch.relu
          return x
    """,
    "a parameter called torch": """
        def relu(torch): return torch.relu
    """,
    "a parameter called F": """
        def relu(F, x): return F.pad(x)
    """,
    "a local name F": """
        def relu(x):
          F = abs
          return F(x)
    """,
    "own method": """
        class A:
          def relu(self, x): return x
        def relu(x): return A().relu(x)
    """,
    "own method on an argument": """
        class A:
          def relu(self, x): return x
        def go(a,x): return a.relu(x)
        def relu(x): return go(A(),x)
    """,
    "own namespace": """
        ops=types.SimpleNamespace(relu=abs)
        def relu(x): return ops.relu(x)
    """,
    "nn.Module and Parameter": """
        class N(nn.Module):
          def __init__(self):
            super().__init__()
            self.w=nn.Parameter(torch.ones(1))
          def forward(self,x): return x*(x>0)
        def relu(x): return N()(x)
    """,
    "under if False": """
        def relu(x):
          if False: return F.relu(x)
          return x
    """,
    "annotations": """
        def relu(x: nn.Module) -> nn.ReLU: return x
    """,
    "isinstance": """
        def relu(x):
          return x if isinstance(x, nn.ReLU) else x
    """,
    "rebound local name": """
        def relu(x):
          f = F.relu
          f = abs
          return f(x)
    """,
    "rebound global name": """
        f = F.relu
        f = abs
        def relu(x): return f(x)
    """,
    "a method that is not called": """
        class A:
          def good(self,x): return x
          def bad(self,x): return F.relu(x)
        def relu(x): return A().good(x)
    """,
    "under the main guard": """
        def relu(x): return x
        if __name__=='__main__':
          print(F.relu(1))
    """,
    "recursion": """
        def relu(x): return relu(x)
    """,
    "own alias": """
        def myrelu(x): return x
        relu = myrelu
    """,
    "a keyword of an own function": """
        def pad(x, relu=None): return x
        def relu(x): return pad(x, relu=F.relu)
    """,
}


@pytest.mark.parametrize("source", ALLOWED.values(), ids=ALLOWED)
def test_what_is_allowed_is_never_accused(source):
    assert findings(source) == []


MORE_ALLOWED = {
    "own function called pad": ("def pad(x): return x\ndef relu(x): return pad(x)", ["torch.nn"]),
    "a longer name": ("def relu(x): return torch.relu6(x)", ["torch.relu"]),
    "a method of a longer name": ("def relu(x): return x.relu6()", ["Tensor.relu"]),
    "a dict's own method": ("def relu(x): return {}.relu(x)", ["Tensor.relu"]),
    "a library that has no tensors": (
        "import argparse\ndef relu(x): return argparse.Namespace().relu(x)",
        ["Tensor.relu"],
    ),
    "an own object in an attribute": (
        "class A:\n    def __init__(self): self.relu = abs\n"
        "def go(a, x): return a.relu(x)\ndef relu(x): return go(A(), x)",
        ["Tensor.relu"],
    ),
    "an own getattr": (
        "def getattr(a, b): return a\ndef relu(x): return getattr(torch, 'relu')",
        ["torch.relu"],
    ),
    "nothing forbidden": ("def relu(x): return torch.relu(x)", []),
    "two star imports": (
        "from torch import *\nfrom torch.nn.functional import *\ndef relu(x): return zeros(3)",
        ["torch.nn"],
    ),
    "a failed import's fallback": (
        "try:\n    from fast import relu as quick\nexcept ImportError:\n    quick = F.relu\n"
        "def relu(x): return quick(x)",
        ["torch.nn"],
    ),
    "a name of a comprehension": (
        "def relu(x): return [F(v) for F in [abs] for v in x]",
        ["torch.nn"],
    ),
    "a caught exception's name": (
        "def relu(x):\n    try: pass\n    except E as F: F.relu(x)",
        ["torch.nn"],
    ),
    "a helper defined twice": (
        "def h(x): return F.relu(x)\ndef h(x): return x\ndef relu(x): return h(x)",
        ["torch.nn"],
    ),
}


@pytest.mark.parametrize(("source", "forbidden"), MORE_ALLOWED.values(), ids=MORE_ALLOWED)
def test_names_that_only_look_forbidden_are_allowed(source, forbidden):
    assert findings(source, forbidden) == []


def test_a_finding_says_what_is_called_and_where():
    source = """
        def helper(x):
            y = x + 1
            return F.relu(y)

        def relu(x):
            return helper(x).relu_()
    """
    assert findings(source) == [
        ("Tensor.relu_", "a.py", 6),
        ("torch.nn.functional.relu", "a.py", 3),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "from helpers import go\ndef relu(x): return go(x)",
        "from helpers import go as relu",
        "import helpers\ndef relu(x): return helpers.go(x)",
        "import helpers as h\ngo = h.go\ndef relu(x): return go(x)",
        "from . import helpers\ndef relu(x): return helpers.go(x)",
        "from .helpers import go\ndef relu(x): return go(x)",
    ],
)
def test_calls_are_followed_into_other_files(source):
    other = "def go(x): return torch.relu(x)"
    assert findings(source, helpers=other) == [("torch.relu", "helpers.py", 1)]


def test_a_student_file_named_torch_is_not_torch():
    assert findings("def relu(x): return torch.relu(x)", torch="def relu(x): return x")


def test_cells_are_named():
    pieces = [
        Piece(path="n.ipynb", cell=1, body=tuple(ast.parse("import torch").body)),
        Piece(path="n.ipynb", cell=4, body=tuple(ast.parse("\ndef h(x):\n  return x.relu()").body)),
        Piece(path="n.ipynb", cell=5, body=tuple(ast.parse("def relu(x): return h(x)").body)),
    ]
    checker = Checker([Module("n.ipynb", tuple(pieces))])
    [found] = checker.check("n.ipynb", "relu", FORBIDDEN).findings
    assert (found.path, found.cell, found.line) == ("n.ipynb", 4, 3)


def test_only_the_libraries_that_a_function_uses_are_told():
    source = """
        import pandas, math as m

        def relu(x):
            return np.maximum(m.floor(x), 0)
    """
    modules = [module("a.py", source, HEAD)]
    libraries = Checker(modules).check("a.py", "relu", ()).libraries
    assert {name: place.line for name, place in libraries.items()} == {"numpy": 4, "math": 4}


def test_aliases_that_double_at_every_step_end():
    lines = ["a0 = abs"] + [f"a{i} = a{i - 1} or a{i - 1}" for i in range(1, 60)]
    lines += ["def relu(x): return a28(x) + a59(x)"]
    assert findings("\n".join(lines)) == []


def test_a_name_bound_to_itself_ends():
    assert findings("a = b\nb = a\nrelu = relu\ndef f(): return f()\nrelu = a") == []


def test_a_function_that_is_not_there_has_no_findings():
    report = Checker([module("a.py", "x = 1")]).check("b.py", "relu", FORBIDDEN)
    assert (report.findings, report.libraries) == ([], {})


def test_a_forbidden_name_may_itself_end_in_an_underscore():
    source = "def relu(x): return nn.utils.clip_grad_norm_(x, 1)"
    assert findings(source, ["torch.nn.utils.clip_grad_norm_"])
    assert not findings(source, ["torch.nn.utils.clip_grad"])


def test_functions_of_one_submission_are_judged_apart():
    source = "def relu(x): return torch.relu(x)\ndef other(x): return x"
    checker = Checker([module("a.py", source, HEAD)])
    assert checker.check("a.py", "other", FORBIDDEN).findings == []
    assert len(checker.check("a.py", "relu", FORBIDDEN).findings) == 1
    assert checker.check("a.py", "relu", ()).findings == []
