import textwrap

import torch

from grader.observe import from_wire, recipe, to_wire
from grader.protocol import Handle, Observation, Operation, Raised, Unsendable

SOURCE = """
import random, sys
import numpy as np
import torch

def double(x):
    return 2 * x

def draw():
    return random.random(), float(np.random.rand()), float(torch.rand(()))

def spoil():
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    torch.set_num_threads(2)
    np.seterr(all="raise")

def state():
    return str(torch.ones(1).dtype), torch.is_grad_enabled(), torch.get_num_threads()

def leave():
    sys.exit(0)

def interrupt():
    raise KeyboardInterrupt

def make_layer():
    torch.manual_seed(0)
    return torch.nn.Linear(2, 1)

def make_counter():
    def counter():
        counter.calls += 1
        return counter.calls
    counter.calls = 0
    return counter

def apply(model, x):
    return model(x)

def step(model, optimizer, x):
    model(x).sum().backward()
    optimizer.step()
    return [p.detach() for p in model.parameters()]

def huge():
    return torch.zeros(1).expand(1 << 40)

def knot():
    a = []
    a.append(a)
    return a

def many():
    return list(range(1_000_000))

def shout(text):
    print(text * 100_000)
    return len(text)

class Odd(Exception):
    def __str__(self):
        raise RuntimeError("no text")

def odd_error():
    raise Odd

def fails_deep():
    return [1, 2][inner()]

def inner():
    return 1 // 0

def long_error():
    raise ValueError("x" * 100_000)
"""
NAMES = [line[4 : line.index("(")] for line in SOURCE.splitlines() if line.startswith("def ")]


def loaded(worker):
    assert worker.load(SOURCE, *NAMES) == {**dict.fromkeys(NAMES), "": []}
    return worker


def test_each_case_is_answered_by_one_observation_in_order(worker):
    cases = [[[n], {}] for n in range(50)]
    values = loaded(worker).ask(Operation.CALL, function="double", cases=cases)
    assert [Observation.from_value(value).result for value in values] == list(range(0, 100, 2))


def test_a_batch_goes_on_after_a_case_that_raises(worker):
    cases = [[["a"], {}], [[None], {}], [[2], {}]]
    values = loaded(worker).ask(Operation.CALL, function="double", cases=cases)
    first, second, third = (Observation.from_value(value) for value in values)
    assert (first.result, third.result) == ("aa", 4)
    assert second.raised.type_name == "TypeError"


def test_reset_gives_the_same_random_numbers_again(worker):
    loaded(worker)
    first = worker.call("draw", reset=True, seed=3)
    assert worker.call("draw") != first
    assert worker.call("draw", reset=True, seed=3) == first
    assert worker.call("draw", reset=True, seed=4) != first


def test_reset_takes_back_what_a_function_did_to_torch(worker):
    loaded(worker)
    worker.call("spoil")
    assert worker.call("state") == ("torch.float64", False, 2)
    assert worker.call("state", reset=True) == ("torch.float32", True, 1)


def test_leaving_the_program_costs_the_call_and_not_the_worker(worker):
    loaded(worker)
    assert worker.call("leave").classes == ("SystemExit", "BaseException")
    assert worker.call("interrupt").classes == ("KeyboardInterrupt", "BaseException")
    assert worker.call("double", 4) == 8


def test_a_returned_module_can_be_called_twice_and_asked_for_its_state(worker):
    handle = loaded(worker).call("make_layer")
    assert (type(handle), handle.type_name) == (Handle, "Linear")
    case = [[to_wire(torch.ones(1, 2))], {}]
    first, second = (
        from_wire(Observation.from_value(value).result)
        for value in worker.ask(Operation.CALL_HANDLE, handle=handle, cases=[case, case])
    )
    assert first.shape == (1, 1)
    assert torch.equal(first, second)
    [state] = worker.ask(Operation.GET_STATE, handle=handle)
    weight, bias = from_wire(state["weight"]), from_wire(state["bias"])
    assert torch.allclose(first, torch.ones(1, 2) @ weight.T + bias)


def test_a_returned_function_keeps_its_own_state(worker):
    handle = loaded(worker).call("make_counter")
    values = worker.ask(Operation.CALL_HANDLE, handle=handle, cases=[[[], {}]] * 3)
    assert [Observation.from_value(value).result for value in values] == [1, 2, 3]


def test_a_dropped_handle_is_gone(worker):
    handle = loaded(worker).call("make_layer")
    assert worker.ask(Operation.DROP, handles=[handle.number]) == [None]
    [value] = worker.ask(Operation.GET_STATE, handle=handle)
    assert value.type_name == "KeyError"


def test_a_model_of_ours_is_built_in_the_worker(worker):
    state = {"weight": torch.tensor([[1.0, 2.0]]), "bias": torch.tensor([0.5])}
    model = recipe("linear", in_features=2, out_features=1, state=state)
    assert loaded(worker).call("apply", model, torch.tensor([3.0, 4.0])).tolist() == [11.5]


def test_an_optimiser_of_ours_updates_the_model_of_the_same_call(worker):
    model = recipe("linear", in_features=2, out_features=1, bias=False, shared="model")
    optimizer = recipe("sgd", model=model, lr=1.0)
    [before] = loaded(worker).call("step", model, recipe("sgd", model=model, lr=0.0), torch.ones(2))
    [after] = worker.call("step", model, optimizer, torch.ones(2))
    assert torch.allclose(after, before - 1.0)


def test_results_that_do_not_fit_into_a_frame_say_so(worker):
    loaded(worker)
    assert worker.call("huge") == Unsendable(type_name="Tensor too large to send")
    assert worker.call("knot") == Unsendable(type_name="list nested more than 24 deep")
    assert worker.call("many") == Unsendable(type_name="list with too many parts to send")


def test_printing_disturbs_no_reply(worker):
    assert loaded(worker).call("shout", "ab") == 2


def test_an_exception_without_text_and_one_with_too_much_are_data(worker):
    loaded(worker)
    assert worker.call("odd_error").type_name == "Odd"
    assert worker.call("odd_error").classes == ("Exception", "BaseException")
    assert len(worker.call("long_error").text) == 2000


def test_an_exception_names_the_deepest_line_of_the_student(worker):
    raised = loaded(worker).call("fails_deep")
    line = SOURCE.splitlines().index("    return 1 // 0") + 1
    assert (raised.path, raised.line) == ("hand_in.py", line)
    assert raised.classes[:2] == ("ZeroDivisionError", "ArithmeticError")


def test_a_malformed_request_is_answered_and_not_fatal(worker):
    for arguments in ({}, {"function": "nothing", "cases": []}, {"function": 3}):
        [value] = worker.ask(Operation.CALL, **arguments)
        assert isinstance(value, Raised)
    assert loaded(worker).call("double", 1) == 2


def test_describe_gives_the_parameters(worker):
    worker.load("def f(a, /, b, *c, d=1, **e): return 1", "f")
    [reply] = worker.ask(Operation.DESCRIBE, function="f")
    assert reply["parameters"] == [
        ["a", "positional_only", False],
        ["b", "positional_or_keyword", False],
        ["c", "var_positional", False],
        ["d", "keyword_only", True],
        ["e", "var_keyword", False],
    ]


def test_a_second_exercise_is_loaded_beside_the_first(worker):
    files = {"a.py": "def one(): return 1", "b.py": "def two(): return 2"}
    worker.load(files, "one")
    worker.load(files, "two")
    assert (worker.call("one"), worker.call("two")) == (1, 2)


def test_a_file_is_imported_once_for_all_exercises(worker):
    source = """
        import pathlib
        log = pathlib.Path(__file__).with_name("log")
        log.write_text(log.read_text() + "x" if log.exists() else "x")
        def one(): return log.read_text()
        def two(): return log.read_text()
    """
    source = textwrap.dedent(source)
    worker.load(source, "one")
    worker.load(source, "two")
    assert worker.call("two") == "x"


def test_a_forged_frame_value_ends_its_request_and_not_the_worker(worker):
    source = """
        from grader.protocol import Handle
        def f():
            return Handle(number=object())
        def g():
            return 1
    """
    worker.load(textwrap.dedent(source), "f", "g")
    [value] = worker.ask(Operation.CALL, function="f", cases=[[[], {}], [[], {}]])
    assert isinstance(value, Raised)
    assert worker.call("g") == 1
