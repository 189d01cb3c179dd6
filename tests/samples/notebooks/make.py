"""Writes the sample notebooks of this folder: what students hand in, in the tools' own styles.

    python tests/samples/notebooks/make.py

Each is a submission to the tiny course's exercise `halves`. tests/runner/test_sample_notebooks.py
says what has to come of each.
"""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).parent

CHECK = "    if times < 0:\n        raise ValueError('times is negative')\n"
HALF = f"def half(x, times=1):\n{CHECK}    return x * 0.5**times"
APPLY = "def apply(model, x):\n    model.eval()\n    return model(x)"
MAKE = """\
def make_layer(n):
    class Adder(nn.Module):
        def __init__(self):
            super().__init__()
            self.calls = 0

        def forward(self, x):
            self.calls += 1
            return x + n

    return Adder()"""
IMPORTS = "import torch\nfrom torch import nn"
ALL = (IMPORTS, HALF, APPLY, MAKE)

JUPYTER = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "version": "3.10.12", "file_extension": ".py"},
}
COLAB = {
    "colab": {"provenance": [], "gpuType": "T4", "toc_visible": True},
    "kernelspec": {"name": "python3", "display_name": "Python 3"},
    "language_info": {"name": "python"},
    "accelerator": "GPU",
}
VSCODE = {
    "kernelspec": {"display_name": "cnn-course", "language": "python", "name": "cnn-course"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "name": "python",
        "version": "3.11.4",
    },
    "orig_nbformat": 4,
}
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
TRAINING = """\
torch.manual_seed(0)
model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 36, 10))
images, labels = torch.rand(64, 1, 8, 8), torch.randint(0, 10, (64,))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses = []
for epoch in range(3):
    for batch in range(0, 64, 16):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(images[batch:batch + 16]), labels[batch:batch + 16])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print(f"epoch {epoch}: loss {loss.item():.3f}")"""
PLOT = """\
fig, axes = plt.subplots(1, 2, figsize=(8, 3))
axes[0].plot(losses)
axes[0].set_title("loss")
axes[1].imshow(images[0, 0], cmap="gray")
plt.tight_layout()
plt.show()"""


def code(source: str, *outputs: object, tags: tuple[str, ...] = (), **metadata: object) -> dict:
    if tags:
        metadata["tags"] = list(tags)
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": list(outputs),
        "source": source.splitlines(keepends=True),
    }


def text(source: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def shown(data: dict[str, str]) -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": data}


def printed(line: str) -> dict:
    return {"output_type": "stream", "name": "stdout", "text": [line]}


def write(name: str, *cells: dict, metadata: dict = JUPYTER, minor: int = 4) -> None:
    if minor >= 5:
        cells = tuple({**cell, "id": f"c{number}"} for number, cell in enumerate(cells))
    notebook = {
        "cells": list(cells),
        "metadata": metadata,
        "nbformat": 4,
        "nbformat_minor": minor,
    }
    (HERE / f"{name}.ipynb").write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")


def published_courses() -> None:
    """Long ones with headings, plots and training cells."""
    write(
        "course_with_training",
        text("# Lab 3: convolutions\n\nFill in the functions below.\n$$y = \\frac{x}{2^n}$$"),
        text("## Setup"),
        code("%matplotlib inline\n%load_ext autoreload\n%autoreload 2"),
        code(f"{IMPORTS}\nimport numpy as np\nimport matplotlib.pyplot as plt"),
        code("plt.rcParams['figure.figsize'] = (10.0, 8.0)\nnp.random.seed(1)"),
        text("### Exercise 1\n\n`half` halves its input `times` times."),
        code(f"# GRADED FUNCTION: half\n{HALF}", printed("old output")),
        code("half(torch.ones(3)), half(torch.ones(2), times=3)"),
        code("assert half(torch.tensor(4.0)) == 2, 'Try again'\nprint('All tests passed')"),
        code(APPLY),
        code(MAKE),
        text("## Train"),
        code(f"%%time\n{TRAINING}"),
        code(PLOT, shown({"image/png": PIXEL, "text/plain": "<Figure size 800x300>"})),
        code("!nvidia-smi"),
        code("from tqdm.notebook import tqdm\nfor i in tqdm(range(3), desc='epochs'):\n    pass"),
        text("**Well done!**"),
        minor=5,
    )
    write(
        "fast_style",
        code("#hide\n!pip install -Uqq fastbook"),
        code("from torch import nn, tensor\nimport torch"),
        code(f"def half(x, times=1):\n{CHECK}    for _ in range(times): x = x/2\n    return x"),
        code("half??"),
        code("doc = half.__doc__\nhalf?"),
        code(APPLY + "\n\n" + MAKE),
        code("learn_rate = 1e-3; learn_rate"),
    )
    write(
        "otter_style",
        code("# Initialize Otter\nimport otter\ngrader = otter.Notebook()"),
        code("import grader\ngrader.check('half')"),
        *map(code, ALL),
        code("grader.check('apply')", printed("apply passed!")),
        code("grader.export(run_tests=True)"),
    )


def tools() -> None:
    """As Colab, VS Code, Kaggle and old Jupyter export them."""
    write(
        "colab_export",
        code("from google.colab import drive\ndrive.mount('/content/drive')", id="aB3", colab={}),
        code("%cd /content/drive/MyDrive/hw\n!ls"),
        code("!pip -q install torchinfo\n%pip install wandb"),
        code("#@title Imports { display-mode: \"form\" }\n" + IMPORTS),
        code("device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')\ndevice"),
        code("#@markdown how often\ntimes = 2 #@param {type:\"slider\", min:1, max:9}\n" + HALF),
        code(APPLY, cellView="form"),
        code(MAKE),
        code("from google.colab import files\nfiles.download('model.pt')"),
        metadata=COLAB,
        minor=0,
    )
    write(
        "vscode_export",
        *map(code, ALL),
        code("half(torch.tensor([2.0]))", vscode={"languageId": "python"}),
        metadata=VSCODE,
        minor=2,
    )
    write(
        "kaggle_export",
        code("import os\nfor d, _, names in os.walk('/kaggle/input'):\n    print(d, names)"),
        *map(code, ALL),
        metadata={"kernelspec": JUPYTER["kernelspec"], "kaggle": {"accelerator": "none"}},
    )
    write("no_metadata", *map(code, ALL), metadata={})
    worksheet = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Homework"]},
        *(
            {
                "cell_type": "code",
                "language": "python",
                "metadata": {},
                "collapsed": False,
                "input": source.splitlines(keepends=True),
                "outputs": [{"output_type": "pyout", "prompt_number": 1, "text": ["1"]}],
            }
            for source in ALL
        ),
    ]
    old = {
        "metadata": {"name": "hw"},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": worksheet, "metadata": {}}],
    }
    (HERE / "format_3.ipynb").write_text(json.dumps(old, indent=1) + "\n", encoding="utf-8")
    write("r_language", code("x <- 3"), metadata={"kernelspec": {"name": "ir", "language": "R"}})


def accidents() -> None:
    """Half finished, out of order, edited in a hurry."""
    write("duplicated_cells", *map(code, ALL), *map(code, ALL), code(HALF))
    write(
        "reordered_cells",
        code("half(torch.ones(2))"),
        code(MAKE),
        code(APPLY),
        code(HALF),
        code(IMPORTS),
        code("half(torch.ones(2))"),
    )
    write(
        "import_in_a_later_cell",
        code(HALF),
        code(APPLY + "\n\n" + MAKE),
        code("x = torch.ones(2)"),
        code(IMPORTS),
        code("x = torch.ones(2)\nhalf(x)"),
    )
    write(
        "half_finished",
        *map(code, ALL),
        code("for epoch in range("),
        code("result = model(x"),
        code("# TODO"),
        code(""),
        code("print(undefined_name)"),
    )
    write(
        "error_above_the_function",
        code(IMPORTS),
        code("data = torch.load('weights.pt')\n\n" + HALF),
        code(APPLY + "\n\n" + MAKE),
    )
    write("second_definition_wins", *map(code, ALL), code(HALF.replace("0.5", "0.25")))
    write("shadowed_builtins", code("list = [1]\nsum = 3\nprint = print"), *map(code, ALL))
    write(
        "state_from_other_cells",
        code(IMPORTS),
        code("factor = 4"),
        code(HALF.replace("0.5", "factor")),
        code("factor = factor / 8"),
        code(APPLY + "\n\n" + MAKE),
    )


def jupyter() -> None:
    """What only a running kernel does."""
    write(
        "magics",
        code("%%capture out\n" + IMPORTS),
        code("%%writefile helpers.py\nbase = 0.5"),
        code("from helpers import base\n" + HALF.replace("0.5", "base")),
        code("%timeit -n1 -r1 half(torch.ones(1))"),
        code("%%timeit -n1 -r1\nhalf(torch.ones(1))"),
        code("%env FLAG=1\n%who_ls\n%pwd"),
        code("%%bash\necho hello"),
        code("%%html\n<b onclick='alert(1)'>x</b>"),
        code("%%javascript\nalert(1)"),
        code("%tensorboard --logdir runs"),
        code(APPLY + "\n\n" + MAKE),
    )
    write(
        "await_and_main",
        code("import asyncio\n" + IMPORTS),
        code("async def wait(n):\n    await asyncio.sleep(0.01)\n    return n\nawait wait(3)"),
        code(f"{HALF}\n\nif __name__ == '__main__':\n    print(half(torch.ones(1)))"),
        code("results = await asyncio.gather(wait(1), wait(2))\nresults"),
        code(APPLY + "\n\n" + MAKE),
    )
    write(
        "input_and_exit",
        code(IMPORTS),
        code("n = int(input('how many? '))"),
        code(HALF),
        code("import sys\nsys.exit(0)"),
        code("exit()"),
        code(APPLY + "\n\n" + MAKE),
    )
    write(
        "rich_outputs",
        code(IMPORTS + "\nfrom IPython.display import HTML, Markdown, SVG, Image, display, Latex"),
        code("display(HTML('<script>fetch(\"http://example.org\")</script>'), Markdown('# a'))"),
        code("display(Latex('$x$')); SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')"),
        code(f"import base64\nImage(base64.b64decode('{PIXEL}'))"),
        code("from PIL import Image as P\nP.new('RGB', (40, 30), 'red')"),
        *map(code, ALL[1:]),
        code("half(torch.arange(4.0))"),
    )
    write(
        "files_and_progress",
        code(IMPORTS),
        code("torch.save({'factor': 0.5}, 'checkpoint.pt')"),
        code("factor = torch.load('checkpoint.pt')['factor']\n" + HALF.replace("0.5", "factor")),
        code("from tqdm.auto import tqdm, trange\nfor i in trange(100):\n    pass"),
        code("for i in range(50):\n    print(f'\\r{i}%', end='')"),
        code(APPLY + "\n\n" + MAKE),
    )
    write(
        "skipped_and_slow",
        code("import time\ntime.sleep(3600)", tags=("skip",)),
        *map(code, ALL),
        code("while True:\n    pass", tags=("skip-execution", "slow")),
    )


def hostile() -> None:
    """What must cost nobody but its student."""
    write("endless_cell", code("while True:\n    pass"), *map(code, ALL))
    write("dead_kernel", code("print('before')"), code("import os\nos._exit(0)"), *map(code, ALL))
    write("flood", code("while True:\n    print('x' * 1000)"), *map(code, ALL))
    write(
        "patched_shell",
        code("ip = get_ipython()\nip.run_cell_async = None\nip.outputs = None"),
        *map(code, ALL),
    )


if __name__ == "__main__":
    published_courses()
    tools()
    accidents()
    jupyter()
    hostile()
