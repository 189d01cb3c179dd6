"""Texts of the section of a page about a training run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TEXTS"]

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # Training
        "figure.percent": "{number}\u00a0%",
        "training.heading": "Training",
        "training.none": "Training came to no model that could be evaluated; the notes say why.",
        "training.accuracy": "The trained model recognises {percent} of the images that it had "
        "not seen: {correct} of {total}.",
        "training.baseline": "Before training it was {percent}.",
        "training.budget.within": "Training took {used} reference epochs; the budget is {budget}.",
        "training.budget.over": "Training took {used} reference epochs, {over} above the budget of "
        "{budget}. Fewer epochs, fewer channels or a larger stride save time.",
        "training.size.within": "It has {parameters} parameters; at most {most} are allowed.",
        "training.size.over": "It has {parameters} parameters, {over} more than the {most} "
        "allowed. Pool once more before the first linear layer: most of them are there.",
        "training.flags": "For staff: an honest model hardly shows this. Look before you judge.",
        "training.data": "Data",
        "training.images": "Images",
        "training.images.value": "{train} an epoch to learn from, {held_out} unseen to evaluate",
        "training.steps": "Steps",
        "training.steps.value": "{steps} of batch size {batch}, epochs: {epochs}, {optimizer}",
        "training.parameters": "Parameters",
        "training.macs": "Multiplications",
        "training.macs.value": "{macs} an image; LeNet needs 416,520",
        "training.each": "One image",
        "training.each.value": "{ms} ms to evaluate",
        "training.time": "Time",
        "training.time.value": "{cpu} s of processor time; an epoch of the reference model took "
        "{epoch} s beside it",
        "training.memory": "Memory",
        "training.memory.value": "{peak} MiB at most, beside torch itself",
        "training.device": "Device",
        "training.device.value": "{device}, {threads}, seed {seed}",
        "training.threads.one": "1 thread",
        "training.threads.many": "{n} threads",
        "training.repeats": "Other seeds",
        "training.repeats.value": "{low} to {high} over {n} seeds",
        "training.hash": "Parameters' hash",
        "gate.text": "Points for accuracy rise from {low} to {high}; the mark is this model.",
        "gate.full": "That is above {high}, where all points for accuracy are given.",
        "gate.inside": "Points for accuracy rise from {low} to {high}: {missing} more give all.",
        "gate.below": "Points for accuracy begin at {low}: {missing} are missing.",
        "plot.table": "The same as a table",
        "curve.heading": "Learning curve: loss by epoch",
        "curve.epochs": "epochs",
        "curve.loss": "loss",
        "curve.text": "The loss goes from {first} to {last} within {epoch} epochs; the "
        "least is {least}.",
        "curve.short": "There are too few steps to see a trend: train for more of them.",
        "curve.nan": "The loss was no longer a number: try a smaller learning rate.",
        "curve.flat": "The loss hardly fell: look at the learning rate, and whether the optimiser "
        "gets the parameters of this model.",
        "curve.rising": "The loss rose again towards the end: try a smaller learning rate.",
        "curve.falling": "The loss was still falling at the end: train longer or with a somewhat "
        "larger learning rate, if the budget allows.",
        "curve.level": "The loss had levelled off: more epochs will change little; let the "
        "learning rate fall towards the end, or give the model another layer.",
        "confusion.heading": "Which class was taken for which",
        "confusion.lead": "Rows are what an image shows, columns what the model said. On the "
        "diagonal it was right; the stronger the colour of another field, the more images.",
        "confusion.none": "No image was taken for another class.",
        "confusion.pair": "{label} for {predicted} ({n} of {total})",
        "confusion.text": "Most often one was taken for another: {pairs}.",
        "confusion.try": "Look at some images of {label} and {predicted}: what tells them apart, "
        "and is it still there after the first pooling?",
        "mistakes.heading": "Most confident mistakes",
        "mistakes.try": "Is the label wrong, the image odd, or would you have known? For the last "
        "kind more training or small shifts of the images help.",
        "mistakes.text": "A {label}, taken for {predicted} with {percent}",
        "mistakes.caption": "{label}, not {predicted}",
        "filters.heading": "Filters of the first layer",
        "filters.text": "{n} of {total} filters of {height} by {width} weights, from black "
        "(most negative) over grey (0) to white (largest)",
        "filters.try": "Trained filters show edges, strokes or spots. Where all look like noise, "
        "train longer or with a larger learning rate.",
        "layers.heading": "Layers: gradients, updates and dead channels",
        "layers.try": "The update ratio is the size of one step over the size of the weights. "
        "About 0.001 is usual; far less learns slowly, far more forgets: change the learning rate.",
        "layers.name": "Parameter",
        "layers.shape": "Shape",
        "layers.gradient": "Gradient norm",
        "layers.update": "Update ratio",
        "layers.slow": " (slow)",
        "layers.fast": " (fast)",
        "rectifiers.row.one": "Behind activation {number}, 1 of {channels} channels never fires.",
        "rectifiers.row.many": "Behind activation {number}, {n} of {channels} channels never fire.",
        "rectifiers.try": "A few are usual; where most are silent, try a smaller learning rate.",
    }
)
