"""The reference of mnist with one thing changed, as learners change it."""

from __future__ import annotations

from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "solutions/mnist/reference.py"

FORWARD_END = "return F.log_softmax(self.scores(x), dim=1)"
STEP = "loss = F.nll_loss(model(images), labels)"
TRAIN = """

def train(model, images, labels):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    {order}
    for chosen in order.split(64):
        train_step(model, optimizer, images[chosen], labels[chosen])
"""
SORTED = TRAIN.format(order="order = labels.argsort()")
NORMALISED = TRAIN.format(order="images, order = (images - 0.1307) / 0.3081, "
                                "torch.randperm(len(images))")  # fmt: skip


def variant(*changes: tuple[str, str], more: str = "") -> bytes:
    """The reference with each text replaced by another, and something added at the end."""
    text = REFERENCE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return (text + more).encode()


CROSS_ENTROPY = "\ncriterion = nn.CrossEntropyLoss()\n"
NO_RELU = [(f"F.relu({inner})", inner) for inner in (
    "self.conv1(x)", "self.conv2(x)", "self.hidden(x.flatten(1))",
)]  # fmt: skip

# name: (the file, the test that must fail or "", words that a note or sentence must hold)
HARMFUL = {
    "log_softmax over dim 0": (
        variant((FORWARD_END, FORWARD_END.replace("dim=1", "dim=0"))),
        "outputs_fit_the_loss",
        "over the images of a batch",
    ),
    "no ReLU": (variant(*NO_RELU), "", "No activation was seen"),
    "normalisation in training only": (
        variant(
            ("x = (images - 0.1307) / 0.3081", "x = (images - 0.1307) / 0.3081 if self.training "
             "else images")
        ),
        "",
        "other pixels in training",
    ),
    "no normalisation": (
        variant(("x = (images - 0.1307) / 0.3081", "x = images")),
        "",
        "Subtract 0.1307",
    ),
    "softmax, then CrossEntropyLoss": (
        variant((FORWARD_END, FORWARD_END.replace("log_", "")), more=CROSS_ENTROPY),
        "outputs_fit_the_loss",
        "once more",
    ),
    "softmax, then NLLLoss": (
        variant((FORWARD_END, FORWARD_END.replace("log_", ""))),
        "outputs_fit_the_loss",
        "wants their logarithm",
    ),
    "ReLU on the scores": (
        variant((FORWARD_END, "return F.log_softmax(F.relu(self.scores(x)), dim=1)")),
        "scores_are_free",
        "same, lowest score",
    ),
    "scores into NLLLoss": (
        variant((FORWARD_END, "return self.scores(x)")),
        "outputs_fit_the_loss",
        "wants log-probabilities",
    ),
    "sorted data": (variant(more=SORTED), "rung_3", "wanted"),
    "learning rate 1": (variant(("lr=1e-3", "lr=1.0")), "rung_3", "larger steps overshoot"),
}  # fmt: skip
HARMLESS = variant(more=CROSS_ENTROPY)
