"""Random cases: the same for the same seed and test, different otherwise."""

import torch

from grader.runner.cases import Cases, Draw, DrawnOnce, case, derive_seed


def a_case(draw):
    return case(draw.normal(2, 3), draw.randint(0, 9))


def drawn(seed, test_id, cases=Cases):
    return [c.arguments[0] for c in cases(seed, test_id).random(5, a_case)]


def test_the_same_seed_and_test_draw_the_same():
    for one, two in zip(drawn(1, "t"), drawn(1, "t"), strict=True):
        assert torch.equal(one, two)


def test_another_seed_or_test_draws_something_else():
    assert not torch.equal(drawn(1, "t")[0], drawn(2, "t")[0])
    assert not torch.equal(drawn(1, "t")[0], drawn(1, "u")[0])


def test_drawing_leaves_the_global_generator_alone():
    state = torch.get_rng_state()
    drawn(1, "t")
    assert torch.equal(state, torch.get_rng_state())


def test_drawn_once_gives_each_submission_the_same_objects():
    cases = DrawnOnce(1, "t")
    first = cases.random(3, a_case)
    cases.rewind()
    assert cases.random(3, a_case) == first


def test_shapes_have_different_sizes_where_that_is_possible():
    shape = Draw(3).shape(4, 1, 5)
    assert len(set(shape)) == 4
    assert len(Draw(3).shape(4, 1, 2)) == 4


def test_seeds_are_derived_the_same_way_everywhere():
    assert derive_seed(7, "relu", "call") == derive_seed(7, "relu", "call") < 1 << 63
    assert derive_seed(7, "a", "b") != derive_seed(7, "ab")
