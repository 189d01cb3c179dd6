"""Has markup in docstrings, comments, names and texts of the file that the page shows."""

# /// attack
# verdicts = { double = "FAILED" }
# forms = ["module", "notebook"]
# ///

# </code></pre><script>alert(1)</script>
"""</textarea><svg/onload=alert(1)>"""


def double(x):
    """<img src=x onerror=alert(1)>"""
    ａｌｅｒｔ = "<a href='javascript:alert(1)'>click</a>"
    return x * 3
