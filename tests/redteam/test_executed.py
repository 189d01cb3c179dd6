"""The suite sees what would do harm in an executed notebook."""

import base64
import io
import json

import pytest
from PIL import Image, PngImagePlugin

from grader.redteam.executed import notebook_problems


def png(*, text=""):
    more = PngImagePlugin.PngInfo()
    if text:
        more.add_text("Comment", text)
    data = io.BytesIO()
    Image.new("L", (2, 2)).save(data, "png", pnginfo=more)
    return base64.b64encode(data.getvalue()).decode()


def notebook(*outputs, **metadata):
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": list(outputs)}
    return json.dumps({"cells": [cell], "metadata": {"kernelspec": {}, **metadata}}).encode()


def shown(**data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def test_text_and_pictures_are_harmless():
    printed = {"output_type": "stream", "name": "stdout", "text": "a\tb\n<script>"}
    assert notebook_problems(notebook(printed, shown(**{"image/png": png()}))) == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (notebook(shown(**{"text/html": "<b>"})), "of type text/html"),
        (notebook({**shown(), "metadata": {"isolated": False}}), "metadata of its own"),
        (notebook(widgets={}), "metadata of the submission's"),
        (notebook({"output_type": "stream", "text": "\x1b[2J"}), "control characters"),
        (notebook({"output_type": "error", "traceback": ["\u202egpj"]}), "control characters"),
        (notebook(shown(**{"image/png": png(text="hello")})), "more than pixels"),
        (b" " * (10 << 20), "10,485,760 bytes"),
    ],
)
def test_anything_else_is_told(data, problem):
    (told,) = notebook_problems(data)
    assert problem in told
