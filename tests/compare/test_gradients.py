"""Gradients in words: what was differentiated, and lines that give the numbers shown."""

import contextlib
import io

import pytest
import torch

from grader.compare import gradient_sentence, gradient_snippet, leaf_names
from grader.observe import from_wire, observe, to_wire
from grader.protocol import Unsendable


def wire(value):
    return to_wire(value, lambda v: Unsendable(type_name=type(v).__name__))


def told(function, *arguments, parameters=(), seed=5, **options):
    """The snippet for a call, the gradients that it prints, and those that a test compares."""
    seen = observe(
        function, [a.clone() for a in arguments], dict(options), gradient=True, seed=seed
    )
    text = gradient_snippet(
        "f",
        [wire(a) for a in arguments],
        {name: wire(value) for name, value in options.items()},
        module="",
        parameters=parameters,
        result=seen.result,
        seed=seed,
    )
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(text, {"f": function})
    return text, printed.getvalue(), [from_wire(g) for g in seen.gradients]


def test_the_lines_print_the_gradient_that_the_page_shows():
    text, printed, (compared,) = told(lambda x: x * x, torch.tensor([2.0, -3.0, 0.5]))
    assert "x = torch.tensor([2.0, -3.0, 0.5]).requires_grad_()" in text
    assert "(f(x) * w).sum().backward()" in text
    numbers = printed.partition("[")[2].partition("]")[0].split(",")
    torch.testing.assert_close(torch.tensor([*map(float, numbers)]), compared, rtol=1e-3, atol=1e-3)


def test_arguments_are_named_as_the_function_names_them():
    text, printed, _ = told(
        lambda x, weight, bias=None: x @ weight + bias,
        torch.ones(1, 2), torch.ones(2, 1), parameters=("x", "weight", "bias"),
        bias=torch.zeros(1),
    )  # fmt: skip
    assert "(f(x, weight, bias=bias) * w).sum().backward()" in text
    assert "print(x.grad, weight.grad, bias.grad)" in text
    assert printed.count("tensor(") == 3


def test_a_single_number_is_weighed_like_any_result():
    text, printed, (compared,) = told(lambda x: x.sum(), torch.tensor([1.0, 2.0]))
    assert "w = torch.tensor(" in text
    assert "[[" not in text
    assert f"{float(compared[0]):.3f}" in printed


def test_more_weights_than_one_reads_are_not_written_down():
    text, _, _ = told(lambda x: x.expand(50, 2), torch.ones(2))
    assert "f(x).sum().backward()  # a hidden test weighs the values" in text


@pytest.mark.parametrize(
    ("arguments", "result"),
    [([3], torch.ones(2)), ([torch.zeros(100)], torch.ones(2)), ([torch.ones(2)], (1, 2))],
    ids=["no tensor", "too large", "several results"],
)
def test_there_are_no_lines_where_they_would_not_do(arguments, result):
    arguments, options = [wire(a) for a in arguments], {}
    members = {"module": "", "parameters": (), "result": wire(result), "seed": 1}
    assert gradient_snippet("f", arguments, options, **members) == ""


def test_leaves_stand_in_the_order_in_which_gradients_come():
    pair = [torch.ones(1), {"b": torch.ones(1)}]
    assert leaf_names([3, wire(pair)], {"k": wire(torch.ones(2))}, ("n", "parts")) == (
        "parts[0]", "parts[1]['b']", "k",
    )  # fmt: skip
    assert leaf_names([wire(torch.arange(2)), wire(torch.ones(2))], {}) == ("x1",)


def test_the_sentence_says_of_what_and_by_what():
    x = wire(torch.ones(2))
    wrong = gradient_sentence("relu", "x", x, x)
    assert "with respect to `x` is wrong" in wrong
    assert "`x.grad` after `(relu(…) * w).sum().backward()`" in wrong
    assert "No gradient reaches `x`" in gradient_sentence("relu", "x", None, x)
    assert ".backward()" not in gradient_sentence("relu", "x", x, [x, x])
