import pytest
import torch

from grader.steps import Loop, adam, as_fractions, batched_outputs, lenet, small_cnn


def loop(step, count=10, **options):
    pixels = torch.arange(count, dtype=torch.uint8).reshape(-1, 1, 1, 1)
    settings = {"batch_size": 4, "epochs": 2, "seed": 1} | options
    return Loop(pixels, torch.arange(count), step, **settings)


def test_every_image_comes_once_an_epoch():
    seen = []
    loop(lambda images, labels: seen.extend(labels.tolist())).run(100)
    assert sorted(seen[:10]) == sorted(seen[10:]) == list(range(10))
    assert seen[:10] != seen[10:]


def test_the_last_batch_of_an_epoch_is_smaller():
    sizes = loop(lambda images, labels: len(labels)).run(100)
    assert sizes == [4, 4, 2, 4, 4, 2]


def test_labels_stay_with_their_images():
    def step(images, labels):
        assert torch.equal((images.flatten() * 255).round().long(), labels)

    loop(step).run(100)


def test_a_few_steps_at_a_time_give_the_same_batches_as_all_at_once():
    whole = loop(lambda images, labels: labels.tolist()).run(100)
    parts = loop(lambda images, labels: labels.tolist())
    assert parts.run(2) + parts.run(1) + parts.run(50) == whole
    assert parts.is_done
    assert parts.run(5) == []


def test_the_order_does_not_depend_on_the_global_generator():
    torch.manual_seed(0)
    one = loop(lambda images, labels: labels.tolist()).run(3)
    torch.manual_seed(1)
    assert loop(lambda images, labels: labels.tolist()).run(3) == one


def test_grey_levels_become_fractions_that_reach_1_exactly():
    levels = torch.arange(256, dtype=torch.uint8)
    fractions = as_fractions(levels)
    assert fractions[0] == 0
    assert fractions[255] == 1
    assert torch.equal(fractions, levels.float() / 255)


def test_outputs_are_computed_without_gradients():
    model = small_cnn()
    outputs = batched_outputs(model, torch.zeros(5, 1, 28, 28, dtype=torch.uint8), 2)
    assert [len(output) for output in outputs] == [2, 2, 1]
    assert not any(output.requires_grad for output in outputs)


def test_fused_adam_takes_the_steps_of_plain_adam():
    models = [lenet(), lenet()]
    models[1].load_state_dict(models[0].state_dict())
    optimizers = [adam(models[0].parameters()), torch.optim.Adam(models[1].parameters())]
    images = torch.rand(8, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    for model, optimizer in zip(models, optimizers, strict=True):
        for _ in range(3):
            optimizer.zero_grad()
            model(images)[:, 0].mean().backward()
            optimizer.step()
    for one, other in zip(models[0].parameters(), models[1].parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("epochs", [1, 1 << 40])
def test_a_loop_of_endless_epochs_costs_no_memory(epochs):
    assert loop(lambda images, labels: None, epochs=epochs).run(3) == [None] * 3
