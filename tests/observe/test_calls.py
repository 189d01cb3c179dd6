import numpy as np
import pytest
import torch

import grader.observe
from grader.observe import from_wire, observe
from grader.protocol import Raised, Unsendable


def gradients(function, *args, seed=0, **kwargs):
    seen = observe(function, args, kwargs, gradient=True, seed=seed)
    return [None if g is None else from_wire(g) for g in seen.gradients]


def test_a_result_is_copied_and_arguments_are_passed_on():
    seen = observe(lambda a, *, b: [a, b], [1], {"b": 2.5})
    assert (seen.result, seen.gradients, seen.changed) == ([1, 2.5], None, ())


@pytest.mark.parametrize(
    ("error", "classes"),
    [
        (ValueError("x"), ("ValueError", "Exception", "BaseException")),
        (SystemExit(0), ("SystemExit", "BaseException")),
        (KeyboardInterrupt(), ("KeyboardInterrupt", "BaseException")),
        (torch.OutOfMemoryError("x"), ("RuntimeError", "Exception", "BaseException")),
        (np.exceptions.AxisError("x"), ("ValueError", "IndexError", "LookupError", "Exception",
                                         "BaseException")),
        (type("Own", (KeyError, AttributeError), {})(), ("KeyError", "LookupError",
                                                         "AttributeError", "Exception",
                                                         "BaseException")),
    ],
)  # fmt: skip
def test_whatever_is_raised_becomes_data(error, classes):
    def function():
        raise error

    raised = observe(function, [], {}).raised
    assert raised.classes == classes
    assert raised.type_name == type(error).__name__


def test_a_class_that_only_calls_itself_like_a_built_in_one_is_not_counted_as_it():
    fake = type("ValueError", (Exception,), {"__module__": "builtins"})

    def function():
        raise fake

    raised = observe(function, [], {}).raised
    assert (raised.type_name, raised.classes) == ("ValueError", ("Exception", "BaseException"))


def test_wrong_arity_is_a_type_error_without_a_line():
    raised = observe(lambda x: x, [], {}, root="/nowhere").raised
    assert (raised.classes[0], raised.path, raised.line) == ("TypeError", "", None)


def test_endless_recursion_is_an_exception_like_others():
    def function(x):
        return function(x + 1)

    assert observe(function, [0], {}).raised.classes[0] == "RecursionError"


def test_the_deepest_frame_below_the_root_is_named(tmp_path):
    code = "def outer():\n    return list(map(inner, [0]))\ndef inner(x):\n    return 1 // x\n"
    names = {}
    exec(compile(code, str(tmp_path / "sub" / "a.py"), "exec"), names)
    raised = observe(names["outer"], [], {}, root=str(tmp_path)).raised
    assert (raised.path, raised.line) == ("sub/a.py", 4)
    assert observe(names["outer"], [], {}, root=str(tmp_path / "other")).raised.line is None


def writes_everywhere(x, y, *, table, rows):
    x[0] = 5.0
    y += 1
    table["new"] = 1
    rows.append(2)


def test_arguments_written_into_are_named():
    tensor, array = torch.zeros(2), np.zeros(2)
    seen = observe(writes_everywhere, [tensor, array], {"table": {}, "rows": [1]}, watch=True)
    assert seen.changed == ("argument 1", "argument 2", "table", "rows")


def test_nobody_watches_unasked():
    assert observe(list.clear, [[1]], {}).changed == ()


def test_arguments_left_alone_are_not_named_even_with_nan():
    tensor = torch.tensor([float("nan"), 1.0])
    seen = observe(
        lambda *args, **kwargs: args[0] + 1,
        [tensor, np.array([np.nan]), (1, [2]), tensor.to(torch.complex64)],
        {"names": {"a": [tensor.clone()]}},
        watch=True,
    )
    assert seen.changed == ()


def test_a_write_into_an_inner_tensor_is_seen():
    def function(rows):
        rows[0].zero_()

    assert observe(function, [[torch.ones(2)]], {}, watch=True).changed == ("argument 1",)


def test_a_write_into_an_argument_that_requires_grad_is_an_error_of_torch():
    seen = observe(lambda x: x.mul_(2), [torch.ones(2)], {}, gradient=True)
    assert seen.raised.classes[0] == "RuntimeError"


def test_gradients_are_those_of_one_weighted_sum_on_both_sides():
    x = torch.tensor([1.0, 2.0, 3.0])
    [first] = gradients(lambda x: x * x, x.clone(), seed=3)
    [again] = gradients(lambda x: x.square(), x.clone(), seed=3)
    [other] = gradients(lambda x: x * x, x.clone(), seed=4)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    weights = first / (2 * x)
    assert bool(((weights >= 0.5) & (weights <= 1.5)).all())


def test_weights_do_not_depend_on_the_dtype():
    one = gradients(lambda x: x, torch.zeros(3))[0]
    two = gradients(lambda x: x, torch.zeros(3, dtype=torch.float64))[0]
    assert two.dtype == torch.float64
    assert torch.allclose(one.double(), two)


def test_gradients_stand_in_order_of_appearance_and_none_where_none_arrive():
    found = gradients(
        lambda a, rows, n, *, k: (a * 2, rows[0].detach(), k * 3),
        torch.ones(1), [torch.ones(2)], torch.ones(1, dtype=torch.int64), k=torch.ones(3),
    )  # fmt: skip
    assert [None if g is None else tuple(g.shape) for g in found] == [(1,), None, (3,)]


def test_a_detached_part_of_the_result_does_not_shift_the_weights_of_others():
    _, expected = gradients(lambda a, b: (a, b), torch.ones(2), torch.ones(2))
    nothing, found = gradients(lambda a, b: (a.detach(), b), torch.ones(2), torch.ones(2))
    assert nothing is None
    assert torch.equal(found, expected)


def test_a_result_without_a_graph_gives_no_gradients():
    assert gradients(lambda x: x.detach().numpy(), torch.ones(2)) == [None]
    assert gradients(lambda x: 3, torch.ones(2)) == [None]
    assert gradients(lambda: torch.ones(1)) == []


def test_a_backward_pass_that_fails_is_the_answer():
    def function(x):
        y = x.exp()
        y.mul_(0)
        return y

    seen = observe(function, [torch.ones(2)], {}, gradient=True)
    assert isinstance(seen.result, Raised)
    assert "inplace operation" in seen.raised.text


def test_value_cases_do_not_require_grad():
    assert observe(lambda x: x.requires_grad, [torch.ones(1)], {}).result is False


def test_a_result_too_large_for_a_frame_is_named_and_not_copied():
    seen = observe(lambda: torch.zeros(1).expand(1 << 44), [], {})
    assert seen.result == Unsendable(type_name="Tensor too large to send")


def test_lazy_results_are_read_once():
    class Counting(list):
        pass

    values = Counting([1])
    assert observe(lambda: values, [], {}).result == [1]


def test_the_public_names_exist():
    assert all(hasattr(grader.observe, name) for name in grader.observe.__all__)
