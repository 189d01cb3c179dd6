"""Raises HTML, SVG, style sheets and event handlers."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR", repeat = "ERROR", relu = "ERROR" }
# forms = ["module", "notebook"]
# ///

def double(x):
    raise ValueError("<script>alert(1)</script><img src=x onerror=alert(1)>")


def mean_of(x):
    raise ValueError("</pre></details><svg onload=alert(1)><style>*{display:none}</style>")


def repeat(text):
    raise ValueError("' onmouseover='alert(1)' x=\" onfocus=\"alert(1)\" autofocus ")


def relu(x):
    raise ValueError("--></script></style><!-- <base href=//evil.example> {{ 7*7 }} {% raw %}")
