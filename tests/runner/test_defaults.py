"""The defaults of our own signatures, read without running them."""

from grader.runner.arity import defaults


def test_plain_defaults_are_read_and_expressions_left_out(tmp_path):
    path = tmp_path / "m.py"
    path.write_text("def f(x, stride=1, *, mode='zeros', pad=(1, 2), scale=3 * 4): ...\n")
    assert defaults(path) == {"f": {"stride": 1, "mode": "zeros", "pad": (1, 2)}}
