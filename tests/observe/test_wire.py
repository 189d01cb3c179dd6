import enum
import math
from collections import OrderedDict, defaultdict, namedtuple

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import FrameError
from grader.observe import from_wire, name_of_type, recipe, refuse, to_wire
from grader.protocol import (
    DTYPE_BYTES,
    ArrayValue,
    Bounds,
    Handle,
    Raised,
    Unsendable,
    decode,
    encode,
)


def sent(value):
    """The value as it arrives on the other side of the wire."""
    header, buffers = encode(to_wire(value))
    return decode(header, b"".join(bytes(buffer) for buffer in buffers), Bounds())


def there_and_back(value):
    return from_wire(sent(value))


def same(a, b) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, torch.Tensor):
        return (
            a.dtype == b.dtype
            and a.shape == b.shape
            and bool(((a == b) | ((a != a) & (b != b))).all())
        )
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(map(same, a.values(), b.values()))
    return a == b or (a != a and b != b)


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**4000), 2**4000)
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters())
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers() | st.booleans(), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=300)
@given(plain)
def test_plain_values_cross_unchanged_with_their_exact_types(value):
    assert same(there_and_back(value), value)


@st.composite
def views(draw):
    """A tensor of any dtype seen through a random view."""
    dtype = getattr(torch, draw(st.sampled_from(sorted(DTYPE_BYTES))))
    shape = draw(st.lists(st.integers(0, 4), max_size=4))
    base = torch.arange(math.prod(shape)).reshape(shape) % 100
    tensor = base.to(torch.float32).to(dtype)
    if shape:
        tensor = tensor.permute(*draw(st.permutations(range(len(shape)))))
        tensor = tensor[:: draw(st.integers(1, 3))]
    if draw(st.booleans()):
        tensor = tensor.unsqueeze(0).expand(3, *tensor.shape)
    return tensor


@settings(deadline=None, max_examples=300)
@given(views())
def test_tensors_cross_with_values_dtype_and_strides(tensor):
    back = there_and_back(tensor)
    assert back.dtype == tensor.dtype
    assert back.shape == tensor.shape
    assert torch.equal(back.to(torch.complex128), tensor.to(torch.complex128))
    if tensor.numel():
        # What a size of 1 steps over is nobody's business.
        strides = zip(tensor.shape, tensor.stride(), back.stride(), strict=True)
        assert all(size == 1 or a == b for size, a, b in strides)
    assert back.untyped_storage().data_ptr() != tensor.untyped_storage().data_ptr() or (
        not tensor.numel()
    )


@settings(deadline=None, max_examples=100)
@given(views().filter(lambda t: t.dtype != torch.bfloat16))
def test_numpy_arrays_cross_as_numpy_arrays(tensor):
    array = tensor.numpy()[..., ::-1] if tensor.dim() else tensor.numpy()
    back = there_and_back(array)
    assert type(back) is np.ndarray
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert np.array_equal(back, array)


@pytest.mark.parametrize("dtype", sorted(set(DTYPE_BYTES) - {"bfloat16"}))
def test_numpy_scalars_cross_as_numpy_scalars(dtype):
    value = np.dtype(dtype).type(1)
    back = there_and_back(value)
    assert type(back) is type(value)
    assert back == value


def test_true_is_not_one_and_a_tuple_is_not_a_list():
    assert [type(v) for v in there_and_back([True, 1, 1.0, (1,), [1]])] == [
        bool, int, float, tuple, list
    ]  # fmt: skip


def test_a_tensor_is_copied_when_it_is_turned():
    tensor = torch.zeros(2)
    value = to_wire(tensor)
    tensor += 1
    assert from_wire(value).tolist() == [0.0, 0.0]


def test_what_comes_back_can_be_written_into():
    value = to_wire(torch.zeros(2))
    from_wire(value)[0] = 5
    assert from_wire(value).tolist() == [0.0, 0.0]
    from_wire(to_wire(np.zeros(2)))[0] = 5


def test_requires_grad_crosses_and_graphs_do_not():
    leaf = torch.ones(2, requires_grad=True)
    back = there_and_back(leaf * 2)
    assert (back.requires_grad, back.is_leaf) == (True, True)
    assert not there_and_back(leaf.detach()).requires_grad


def test_lazy_conjugates_and_negatives_are_resolved():
    tensor = torch.tensor([1 + 2j])
    assert there_and_back(tensor.conj()).tolist() == [1 - 2j]
    assert there_and_back(tensor.conj().imag).tolist() == [-2.0]


class Shouting(str):
    def __str__(self):
        return "forged"


class Seven(int):
    def __int__(self):
        return 8

    def __index__(self):
        return 8


class Half(float):
    def __float__(self):
        return 9.0


class Forging(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return torch.tensor([123.0])

    @property
    def dtype(self):
        return torch.int64

    def numpy(self):
        return np.zeros(7)


class Growing(list):
    def __iter__(self):
        return iter([9] * 1000)

    def __len__(self):
        return 1000


class Mapping(dict):
    def items(self):
        return [("forged", 1)]


Point = namedtuple("Point", "x y")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Shouting("true"), "true"),
        (Seven(7), 7),
        (Half(0.5), 0.5),
        (Growing([1, 2]), [1, 2]),
        (Mapping(a=2), {"a": 2}),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (defaultdict(list, a=[]), {"a": []}),
        (Point(1, 2), (1, 2)),
        (torch.Size([2, 3]), (2, 3)),
        (enum.IntEnum("E", "one").one, 1),
        (np.str_("text"), "text"),
        (torch.ones(1, 2).max(1), (torch.ones(1), torch.zeros(1, dtype=torch.int64))),
        (torch.nn.Parameter(torch.ones(2)), torch.ones(2)),
        (torch.ones(2).as_subclass(Forging), torch.ones(2)),
        (np.ma.masked_array([1, 2], [0, 1]), np.array([1, 2])),
    ],
)
def test_a_subclass_crosses_as_the_plain_data_it_holds(value, expected):
    back = there_and_back(value)
    if isinstance(expected, np.ndarray):
        assert type(back) is np.ndarray
        assert np.array_equal(back, expected)
    else:
        assert same(back, expected)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: torch.eye(2).to_sparse(), "sparse_coo tensor"),
        (lambda: torch.ones(2, device="meta"), "tensor on the meta device"),
        (lambda: torch.ones(2).to(torch.float8_e4m3fn), "float8_e4m3fn tensor"),
        (lambda: torch.zeros(1).expand(1 << 40), "Tensor too large to send"),
        (lambda: torch.ones([1] * 20), "tensor of 20 dimensions"),
        (lambda: np.array(["a"]), "numpy array of str32"),
        (lambda: np.array([None]), "numpy array of object"),
        (lambda: np.zeros(2, [("a", int)]), "numpy array of void64"),
        (lambda: np.datetime64("2020"), "numpy scalar of datetime64[Y]"),
        (object, "object"),
        (lambda: {1}, "set"),
        (lambda: bytearray(b"a"), "bytearray"),
        (lambda: range(3), "range"),
        (lambda: 1 << 5000, "int of 5001 bits"),
        (lambda: {torch.ones(1): 1}, "dict with a key of type Tensor"),
        (lambda: {np.int64(1): 1}, "dict with a key of type int64"),
        (lambda: {i: 1 for i in range(2000)}, "dict with more than 1000 keys"),
        (lambda: "a" * (2 << 20), "str with too many parts to send"),
        (lambda: [1.5] * 200_000, "list with too many parts to send"),
    ],
)
def test_what_has_no_place_on_the_wire_is_named(make, name):
    assert sent(make()) == Unsendable(type_name=name)


def test_a_part_that_cannot_be_sent_leaves_the_rest_readable():
    assert there_and_back([1, {2}, (object(),)]) == [
        1, Unsendable(type_name="set"), (Unsendable(type_name="object"),)
    ]  # fmt: skip


def test_values_that_contain_themselves_end():
    knot = []
    knot += [knot, knot]
    assert to_wire(knot) == Unsendable(type_name="list nested more than 24 deep")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 3), st.integers(1, 60_000), st.sampled_from(["a", "é", 1.5, 1 << 60, b"x"]))
def test_whatever_is_sent_fits_the_bounds_of_the_reader(kind, count, item):
    value = [[item] * count, (item,) * count, {str(i): item for i in range(count)},
             [[item]] * count][kind]  # fmt: skip
    arrived = sent(["reply", [value]])
    assert arrived == ["reply", [value]] or isinstance(arrived, Unsendable)


def test_keep_is_asked_for_everything_else():
    kept = []

    def keep(value):
        kept.append(value)
        return Handle(number=len(kept), type_name=name_of_type(value))

    assert to_wire([print, torch.nn.ReLU()], keep) == [
        Handle(number=1, type_name="builtin_function_or_method"),
        Handle(number=2, type_name="ReLU"),
    ]


def test_a_lying_metaclass_does_not_choose_the_type_name():
    class Meta(type):
        __name__ = property(lambda cls: 1 / 0)

    class Liar(metaclass=Meta):
        __class__ = int

    assert refuse(Liar()) == Unsendable(type_name="Liar")


def test_handles_are_looked_up_and_unknown_ones_refused():
    assert from_wire([Handle(number=3)], lambda handle: handle.number + 1) == [4]
    with pytest.raises(FrameError, match="number 3"):
        from_wire(Handle(number=3))


def test_raised_and_unsendable_stay_what_they_are():
    for value in (Raised(classes=("E",), text="t"), Unsendable(type_name="x")):
        assert from_wire(value) is value


@pytest.mark.parametrize(
    "value",
    [
        ArrayValue(kind="array", dtype="bfloat16", shape=(1,), strides=(1,), buffer=b"ab"),
        ArrayValue(kind="scalar", dtype="int8", shape=(1,), strides=(1,), buffer=b"a"),
        ArrayValue(kind="tensor", dtype="int8", shape=(0, 1 << 47, 1 << 47), strides=(1, 1, 1),
                   buffer=b""),
    ],
)  # fmt: skip
def test_arrays_that_no_library_can_hold_are_refused(value):
    with pytest.raises(FrameError, match="no"):
        from_wire(value)


def test_bytes_that_are_no_truth_values_become_true():
    value = ArrayValue(
        kind="tensor", dtype="bool", shape=(3,), strides=(1,), buffer=b"\x00\x01\x07"
    )
    assert from_wire(value).view(torch.uint8).tolist() == [0, 1, 1]


def test_a_gradient_flag_on_whole_numbers_is_ignored():
    value = ArrayValue(
        kind="tensor", dtype="int8", shape=(1,), strides=(1,), buffer=b"a", requires_grad=True
    )
    assert not from_wire(value).requires_grad


def test_a_recipe_is_refused_unless_the_sender_is_trusted():
    with pytest.raises(FrameError, match="none is allowed"):
        from_wire(recipe("relu"))
    assert type(from_wire(recipe("relu"), recipes=True)) is torch.nn.ReLU


def test_a_recipe_is_the_same_object_on_both_sides():
    plan = recipe(
        "sequential",
        layers=[
            recipe("conv2d", in_channels=1, out_channels=2, kernel_size=3),
            recipe("relu"),
            recipe("flatten"),
            recipe("linear", in_features=8, out_features=2),
        ],
    )
    x = torch.ones(1, 1, 4, 4)
    global_state = torch.get_rng_state()
    here = from_wire(plan, recipes=True)(x)
    torch.manual_seed(5)
    assert torch.equal(from_wire(sent(plan), recipes=True)(x), here)
    torch.set_rng_state(global_state)


def test_building_a_recipe_leaves_the_global_generator_alone():
    before = torch.get_rng_state()
    from_wire(recipe("linear", in_features=2, out_features=2), recipes=True)
    assert torch.equal(torch.get_rng_state(), before)


def test_seed_and_state_choose_the_weights():
    plan = recipe("linear", in_features=1, out_features=1)
    other = recipe("linear", in_features=1, out_features=1, seed=1)
    first, second = (from_wire(p, recipes=True).weight for p in (plan, other))
    assert not torch.equal(first, second)
    state = {"weight": torch.tensor([[3.0]]), "bias": torch.tensor([1.0])}
    third = recipe("linear", in_features=1, out_features=1, state=state)
    assert from_wire(third, recipes=True)(torch.ones(1)).tolist() == [4.0]


def test_shared_recipes_of_one_value_are_one_object():
    model = recipe("linear", in_features=1, out_features=1, shared="m")
    first, second, optimizer = from_wire(
        [model, model, recipe("adam", model=model, lr=0.1)], recipes=True
    )
    assert first is second
    assert optimizer.param_groups[0]["params"][0] is first.weight


def test_batches_are_pairs_of_images_and_labels():
    plan = recipe("batches", images=torch.zeros(5, 2), labels=torch.arange(5), batch_size=2)
    loader = from_wire(sent(plan), recipes=True)
    assert [(images.shape[0], labels.tolist()) for images, labels in loader] == [
        (2, [0, 1]), (2, [2, 3]), (1, [4])
    ]  # fmt: skip


@pytest.mark.parametrize(
    "plan",
    [
        recipe("linear", in_features=2),
        recipe("linear", in_features=2, out_features=2, no_such_option=1),
        recipe("torch_function", function="system"),
        recipe("sgd", model=3),
        recipe("relu", state={"weight": torch.ones(1)}),
        recipe("torch_function", function="relu", state={"weight": torch.ones(1)}),
    ],
)
def test_a_recipe_that_does_not_fit_says_which(plan):
    with pytest.raises(FrameError, match=f"the recipe '{plan.name}' cannot be built"):
        from_wire(plan, recipes=True)


def test_only_listed_recipes_exist():
    with pytest.raises(FrameError, match="no recipe is called 'eval'"):
        recipe("eval")
