import torch

from grader.runner import agree, case, recipe, tier

SMALL = [case(torch.tensor([1.0])), case(torch.tensor([-3.0, 0.25])), case(torch.tensor([[1e3]]))]


def any_tensor(draw):
    return case(draw.normal(*draw.shape(2, 1, 5), scale=10), times=draw.randint(0, 4))


@tier("basic", of="half")
def test_half_of_numbers(submission, oracle, cases):
    """Half of a number is that number over two."""
    submission.half.agrees_with(oracle.half, SMALL)


@tier("parameters", of="half")
def test_half_times(submission, oracle, cases):
    """The halving is repeated."""
    submission.half.agrees_with(
        oracle.half, [case(torch.tensor([8.0]), times=n) for n in range(4)] + cases.random(20, any_tensor)
    )


@tier("edge", of="half", states="A negative `times` is an error.")
def test_half_negative(submission, oracle, cases):
    """A negative count is refused."""
    submission.half.rejects([case(torch.tensor([1.0]), times=-1)])


@tier("edge", of="half", states="The dtype is kept.")
def test_half_dtype(submission, oracle, cases):
    """float64 stays float64."""
    submission.half.type_agrees_with(oracle.half, [case(torch.tensor([1.0], dtype=torch.float64))])


@tier("edge", of="half", states="The input is not changed.")
def test_half_input(submission, oracle, cases):
    """The caller's tensor is left alone."""
    submission.half.leaves_arguments_alone(SMALL)


@tier("edge", of="half", states="The dtype is kept.")
def test_half_gradient(submission, oracle, cases):
    """The gradient reaches the input."""
    submission.half.gradient_agrees_with(oracle.half, SMALL)


@tier("basic", of="apply")
def test_apply_a_model(submission, oracle, cases):
    """The model is called on x, in eval mode."""
    layers = [recipe("linear", in_features=3, out_features=2, seed=1), recipe("dropout", p=0.5)]
    model = recipe("sequential", layers=layers)
    inputs = (torch.ones(1, 3), torch.ones(2, 3), torch.arange(12.0).reshape(4, 3))
    submission.apply.agrees_with(oracle.apply, [case(model, x) for x in inputs])


@tier("basic", of="make_layer")
def test_layer_twice(submission, oracle, cases):
    """A layer can be used more than once."""
    layer = submission.make_layer(2)
    for x in (torch.tensor([1.0]), torch.tensor([5.0, 6.0])):
        agree(layer(x), x + 2, call="make_layer(2)(x)")
