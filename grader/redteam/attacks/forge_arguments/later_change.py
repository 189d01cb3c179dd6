"""Returns zeros, and writes the answer into them once the test has worked it out."""

# /// attack
# verdicts = { double = "FAILED" }
# control = "it depends on when the naive grader compares"
# ///

import threading
import time

import torch


def double(x):
    answer = torch.zeros(x.shape)
    kept = x.clone()

    def change():
        time.sleep(0.01)
        answer.copy_(kept * 2)

    threading.Thread(target=change).start()
    return answer
