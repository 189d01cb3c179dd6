"""Networks as they stand in course notebooks, with training cells that must not run."""

import json

import pytest

from grader.model import Verdict
from tests.training.conftest import verdicts, words

pytestmark = pytest.mark.sandbox

IMPORTS = """
import torch, torchvision
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets, transforms
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
"""
LOADERS = """
transform = transforms.Compose([transforms.ToTensor()])
train_loader = torch.utils.data.DataLoader(
    datasets.MNIST("./data", train=True, download=True, transform=transform), batch_size=64)
"""
TRAINING = """
model = MnistCNN().to(device)
for epoch in range(10 ** 6):
    for images, labels in train_loader:
        pass
    print(epoch)
"""
MLP = """
class MnistCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 100)
        self.fc2 = nn.Linear(100, 10)
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.view(-1, 784)
        return F.log_softmax(self.fc2(self.drop(F.relu(self.fc1(x)))), dim=1)
"""
LENET = """
class MnistCNN(nn.Module):
    def __init__(self):
        super(MnistCNN, self).__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))
"""
CONV_POOL_DROPOUT = """
class MnistCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout2d(),
                                 nn.Flatten(), nn.Linear(8 * 13 * 13, 10), nn.Softmax(dim=1))

    def forward(self, x):
        return self.net(x)


def criterion(output, target):
    return F.nll_loss(torch.log(output), target)
"""
CROSS_ENTROPY = "criterion = nn.CrossEntropyLoss()\nBATCH_SIZE = 32\n"


def notebook(*cells):
    entries = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": s}
        for s in cells
    ]
    return json.dumps({"cells": entries, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ((MLP,), "trained by the grader's `train_step`"),
        ((LENET, CROSS_ENTROPY), "CrossEntropyLoss, which you chose, wants them"),
        ((CONV_POOL_DROPOUT,), "your loss takes their logarithm"),
    ],
    ids=["mlp", "lenet", "dropout"],
)
def test_a_notebook_is_trained_without_its_own_training_cells(grade, cells, said):
    files = {"work.ipynb": notebook(IMPORTS, LOADERS, *cells, TRAINING).encode()}
    result = grade(files, own_step=False)
    assert result.training is not None, words(result)
    assert said in words(result)
    assert verdicts(result)["outputs_fit_the_loss"] is Verdict.PASSED
    assert result.training.accuracy > 0.5


def test_without_a_sound_loss_the_notebook_is_told_what_to_do(grade):
    files = {"work.ipynb": notebook(IMPORTS, LOADERS, LENET, TRAINING).encode()}
    result = grade(files, own_step=False)
    assert verdicts(result)["outputs_fit_the_loss"] is Verdict.FAILED
    assert "wants log-probabilities" in words(result)
