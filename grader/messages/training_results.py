"""Sentences in the results of a training run: checks of the model, diagnosis, flags, failures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TEXTS"]

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # Whether outputs and loss fit
        "fit.unknown": "The loss is neither NLLLoss nor CrossEntropyLoss of the outputs of "
        "`forward`.",
        "fit.unknown.hint": "Return log-probabilities from `forward` "
        "(`log_softmax(scores, dim=1)`) and use NLLLoss.",
        "fit.log nll": "`forward` returns log-probabilities.",
        "fit.log cross-entropy": "CrossEntropyLoss applies log_softmax once more, which changes "
        "nothing.",
        "fit.log own": "`forward` returns log-probabilities; the loss is one of your own.",
        "fit.scores cross-entropy": "`forward` returns raw scores, and CrossEntropyLoss, which "
        "you chose, wants them.",
        "fit.scores own": "`forward` returns raw scores; the loss is one of your own.",
        "fit.scores nll": "`forward` returns raw scores, but NLLLoss wants log-probabilities: the "
        "loss goes below zero and learning fails.",
        "fit.scores nll.hint": "End `forward` with `log_softmax(scores, dim=1)`.",
        "fit.shares cross-entropy": "`forward` returns probabilities, and CrossEntropyLoss "
        "applies softmax to them once more: the loss cannot fall below 1.46 and learning is slow.",
        "fit.shares cross-entropy.hint": "Return `log_softmax(scores, dim=1)` with NLLLoss, or "
        "the raw scores with CrossEntropyLoss.",
        "fit.shares nll": "`forward` returns probabilities, but NLLLoss wants their logarithm: the "
        "loss lies between -1 and 0, and its gradient is far too small where the model is wrong.",
        "fit.shares nll.hint": "Use `log_softmax(scores, dim=1)` in the place of softmax.",
        "fit.shares nll of log": "`forward` returns probabilities, and your loss takes their "
        "logarithm. `log_softmax` does both in one step and stays exact for small probabilities.",
        "fit.across the batch": "softmax runs over the images of a batch, not over the classes: "
        "for a single image every class gets probability 1.",
        "fit.across the batch.hint": "Use `log_softmax(scores, dim=1)`: axis 0 counts images, "
        "axis 1 classes. On accuracy this mistake hardly shows.",
        "fit.no numbers": "`forward` returns nan or infinity before any training.",
        "fit.no numbers.hint": "Look for a division by zero or a logarithm of 0; `log_softmax` is "
        "safe where `log(softmax(x))` is not.",
        # Checks of a run
        "check.shape": "For images [N, 1, 28, 28] it returns finite numbers [N, 10].",
        "check.outputs_fit_the_loss": "The outputs are log-probabilities over the classes, or "
        "what the given loss wants.",
        "check.rows_apart": "An image gets the same answer alone and in a batch.",
        "check.rows_apart.failed": "Three images together gave other outputs than the same images "
        "one by one.",
        "check.rows_apart.varies": "It gives another answer each time that it is asked, so also "
        "alone and in a batch.",
        "check.rows_apart.varies.hint": "Use nn.Dropout, or F.dropout(x, training=self.training): "
        "F.dropout(x) drops always.",
        "check.rows_apart.preprocess": "`preprocess` makes other pixels of an image alone than in "
        "a batch.",
        "check.rows_apart.preprocess.hint": "Subtract and divide by fixed numbers, such as 0.1307 "
        "and 0.3081, or by those of each image; not by those of the batch.",
        "check.rows_apart.none": "For one image alone `forward` failed, or the axis of the batch "
        "was gone.",
        "check.rows_apart.none.hint": "`squeeze()` removes the axis of the batch too where it has "
        "size 1; `flatten(1)` keeps it.",
        "check.rows_apart.hint": "Compute means and softmax over the classes or pixels of one "
        "image, not over axis 0.",
        "check.repeatable": "In eval mode it gives the same answer twice.",
        "check.repeatable.failed": "Asked twice in eval mode, it gave two different answers.",
        "check.repeatable.preprocess": "`preprocess` changes the same images in another way each "
        "time, and it runs in evaluation too.",
        "check.repeatable.preprocess.hint": "Random changes are for training alone: make them in "
        "`forward` under `if self.training:`, or in a `train` of your own.",
        "check.repeatable.hint": "Use nn.Dropout, or F.dropout(x, training=self.training): "
        "F.dropout(x) drops always.",
        "check.scores_are_free": "Scores may be negative: nothing clips the last layer.",
        "check.scores_are_free.failed": "For most images several classes have exactly the same, "
        "lowest score, as if a ReLU stood behind the last layer.",
        "check.scores_are_free.hint": "Remove the activation behind the last layer: a class "
        "clipped to 0 gets no gradient.",
        "check.every_parameter_learns": "Training changes every parameter.",
        "check.every_parameter_learns.failed": "After training {names} had not changed.",
        "check.every_parameter_learns.hint": "Use every layer in `forward`, and give "
        "`model.parameters()` to the optimiser.",
        "check.rung_": "It recognises {wanted:.2%} of unseen images.",
        "check.rung_.failed": "It recognises {accuracy:.2%}, wanted {wanted:.2%}.",
        "check.parameters": "It has at most {most:,} parameters.",
        "check.parameters.failed": "It has {size:,} parameters, {over:,} more than that.",
        "check.parameters.hint": "A linear layer behind a large feature map has most of them: "
        "pool once more first.",
        "check.time": "Training takes at most {budget:g} reference epochs (one is an epoch of "
        "LeNet on the same images and the same machine).",
        "check.time.failed": "It took {used:.2f} reference epochs; the budget is {budget:g}, and "
        "{limit:g} were still tolerated.",
        "check.time.stopped": "It took {used:.2f} reference epochs and more; the budget is "
        "{budget:g}, and {limit:g} were still tolerated.",
        "check.time.hint": "Fewer epochs, fewer channels, a larger batch or a larger stride take "
        "less time.",
        "check.waits": "This counts once {wanted:.1%} of unseen images are recognised.",
        "check.no model": "There is no model to train.",
        # How it was trained
        "trained.data": "Trained on {images:,} images of {title} and evaluated on {held_out:,} "
        "others: a split of this assignment's own, with up to 2 grey levels of noise.",
        "trained.data.again": "Trained on {images:,} images of {title}, each {passes} times an "
        "epoch, and evaluated on {held_out:,} others: a split of this assignment's own, with up "
        "to 2 grey levels of noise.",
        "trained.official.higher": "On the official test images the reference scores {points:.2f} "
        "points higher.",
        "trained.official.lower": "On the official test images the reference scores {points:.2f} "
        "points lower.",
        "trained.own": "It was trained by your own `train`.",
        "trained.criterion": "It was trained by the grader's `train_step`, with your `criterion`.",
        "trained.step": "It was trained by the grader's `train_step`, since yours is missing or "
        "fails its tests.",
        "trained.seeds": "Trained with {n} seeds it recognises {listed}: {mean:.2%} on average, "
        "standard deviation {spread:.2f} points. The first one counts.",
        # Diagnosis
        "diagnosis.named cross entropy": "`forward` returns log-probabilities and the code names "
        "cross-entropy, which applies log_softmax once more. That changes nothing: log_softmax of "
        "log-probabilities gives them back. NLLLoss says the same in one step less.",
        "diagnosis.linear": "No activation was seen in `forward`. Without one between them, two "
        "layers compute what a single one could: put a ReLU behind each layer but the last.",
        "diagnosis.inputs differ": "The first layer sees other pixels in training (mean "
        "{training:.2f}) than in evaluation (mean {evaluation:.2f}). Normalise in both, for "
        "instance in `preprocess`.",
        "diagnosis.inputs large": "The first layer sees pixels up to {largest:.0f}. The grader "
        "gives fractions in [0, 1]: do not multiply them by 255.",
        "diagnosis.inputs raw": "The first layer sees pixels with mean {mean:.2f} and standard "
        "deviation {spread:.2f}. Subtract 0.1307 and divide by 0.3081, and it learns faster.",
        "diagnosis.diverged": "The loss was no longer a number after step {step}, so training was "
        "ended. Try a smaller learning rate, and `log_softmax` in the place of "
        "`log(softmax(x))`.",
        "diagnosis.loss negative": "The loss ends at {loss:.2f}. A negative log-likelihood cannot "
        "be below 0: NLLLoss was given something else than log-probabilities.",
        "diagnosis.loss sticks": "The loss sticks at {loss:.2f}. With probabilities in the place "
        "of scores, cross-entropy cannot fall below 1.46: leave the softmax out.",
        "diagnosis.not learned": "The loss began at {first:.2f} and ends at {loss:.2f} (2.30, "
        "which is ln 10, prefers no class): the model has not learned. Does the optimiser get "
        "`model.parameters()`, does `optimizer.step()` run, and is the learning rate small "
        "enough?",
        "diagnosis.rate adam": "The learning rate is {rate:g}. For Adam, try 0.001: larger steps "
        "overshoot.",
        "diagnosis.rate sgd": "The learning rate is {rate:g}. Try 0.01 to 0.1 for SGD: larger "
        "steps overshoot.",
        "diagnosis.labels shifted": "Most images of class i were taken for class i {sign} 1: the "
        "labels were shifted by one. They are 0 to 9, as the outputs are.",
        "diagnosis.dead": "{dead} of {channels} channels behind activation {number} are 0 for "
        "every image. Dead ReLUs do not learn: try a smaller learning rate, or other initial "
        "weights.",
        "diagnosis.untouched": "Training left {names} as they were. Use these layers in "
        "`forward`, let them learn (`requires_grad`) and give them to the optimiser, or remove "
        "them.",
        "diagnosis.unregistered": "Your optimiser has {n:,} numbers that are no parameters of your "
        "model: layers in a plain list are not found. `nn.ModuleList` holds layers that are.",
        "diagnosis.preprocess random": "`preprocess` is random. It runs in evaluation too, where "
        "changed images are harder to recognise: make random changes in `forward` under "
        "`if self.training:`, or in a `train` of your own.",
        "diagnosis.preprocess batch": "What `preprocess` makes of an image depends on the others "
        "of its batch. In evaluation it meets other ones: use fixed numbers, such as 0.1307 and "
        "0.3081.",
        "diagnosis.outside": "`forward` computes with {n:,} numbers that are no parameters of your "
        "model, so they were never trained: layers in a plain list or dict, made outside the class "
        "or anew in each call of `forward`. Make them in `__init__` and put lists of layers into "
        "`nn.ModuleList` or `nn.Sequential`.",
        "diagnosis.order": "{share:.1%} of the answers change when images come in another order "
        "or batch size. In evaluation an answer must depend on its own image only: does something "
        "in `forward` compute a mean over the batch?",
        "diagnosis.ended": "Training was ended at {used:.2f} reference epochs, above {factor} "
        "times the budget; all of it would have taken about {total:.2f}. What was learned "
        "until then was evaluated.",
        "diagnosis.over": "Training took {used:.2f} reference epochs, {over:.0%} above the budget "
        "of {budget:g}. Up to {factor} times the budget counts as within.",
        "diagnosis.not returned": "Your own `train` was at {used:.2f} reference epochs, {over:.0%} "
        "above the budget of {budget:g}, and had not returned. It has until {limit:g}. Train for "
        "fewer epochs, or leave `train` out: with `train_step` and EPOCHS, training is ended at "
        "{ended:g}, and what was learned until then is measured.",
        "diagnosis.macs": "One image costs {macs:,} multiplications; LeNet needs 416,520. Fewer "
        "channels, a larger stride or fewer epochs save time.",
        # Flags for staff
        "flag.baseline.name": "knows before training",
        "flag.baseline": "Before training it recognised {share:.1%} of unseen images; chance is "
        "10 %. Are trained weights embedded in the files?",
        "flag.seed.name": "same initial weights",
        "flag.seed": "Two seeds gave identical initial weights. They may be constants, or loaded.",
        "flag.exact.name": "prefers exact images",
        "flag.exact": "It does better by {points:.0f} points on the published pixels than on the "
        "same images with 0 to 2 grey levels more: a lookup table does that.",
        "flag.untrained.name": "does not train",
        "flag.untrained": "No parameter changed in training, and accuracy is {share:.1%}.",
        "flag.data.name": "carries data",
        "flag.data": "{size:,} KiB of the submission are data or one very long module. Weights or "
        "images may be in there.",
        "flag.buffers.name": "large buffers",
        "flag.buffers": "{buffers:,} numbers are stored in buffers, beside {parameters:,} "
        "parameters.",
        "flag.labels.name": "ignores the labels",
        "flag.labels": "Trained with permuted labels it gave the permuted answer for {share:.1%} "
        "of unseen images only; a model that learns from its labels follows them.",
        "flag.few.name": "learns from too little",
        "flag.few": "Trained on {images} images it recognised {share:.1%} of unseen ones; honest "
        "models stay below 90 %.",
        # What stopped a run
        "session.shape": "For {images} images `forward` returned the shape {shape}, wanted "
        "[{images}, {classes}].",
        "session.step failed": "Your `train_step` failed on your model, so the grader's was used: "
        "{failure}",
        "session.train raised": "{failure}. What it had learned until then was measured.",
        "session.no count": "`{name}` is {value}; it must be a whole number from 1 to {most:,}.",
        "session.count": "{name} is {value:,}; it counts up to {most:,}, so it was {most:,}.",
        "session.raised": "{what} raised {error}",
        "session.no answer": "What came back from your code is no answer ({action}).",
        "session.stopped": "Training was ended at {limit:g} reference epochs. It had not returned, "
        "so there was no trained network to measure.",
        "session.what.build": "Building the model",
        "session.what.step": "A training step",
        "session.what.one step": "A step",
        "session.what.forward": "`forward`",
        "session.what.train": "`train`",
        "session.what.loss": "The loss",
        "session.what.parameters": "Reading the parameters",
        "session.what.reading": "Reading it",
        "session.what.loading": "Loading it",
    }
)
