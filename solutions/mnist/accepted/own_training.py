"""Accepted: raw scores with cross-entropy inside a training function of its own."""

import torch
import torch.nn.functional as F
from torch import nn


class MnistCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, 5)
        self.conv2 = nn.Conv2d(10, 20, 5)
        self.fc = nn.Linear(320, 10)

    def forward(self, x):
        x = torch.relu(F.max_pool2d(self.conv1(x * 2 - 0.26), 2))
        x = torch.relu(F.max_pool2d(self.conv2(x), 2))
        return self.fc(x.view(len(x), -1)).log_softmax(1)


def train_step(model, optimizer, images, labels):
    model.train()
    optimizer.zero_grad()
    log_probabilities = model(images)
    loss = -log_probabilities.gather(1, labels[:, None]).mean()
    loss.backward()
    optimizer.step()
    return loss.item()


def train(model, images, labels):
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    for chosen in torch.randperm(len(images)).split(50):
        train_step(model, optimizer, images[chosen], labels[chosen])


def evaluate(model, loader):
    before = model.training
    model.eval()
    answers = []
    with torch.inference_mode():
        for images, labels in loader:
            answers += (model(images).argmax(-1) == labels).tolist()
    model.train(before)
    return sum(answers) / len(answers)
