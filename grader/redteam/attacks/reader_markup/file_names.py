"""Hands in files that are named like markup."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED" }
# ///

def build(folder):
    inner = folder / "sub<img src=x onerror=alert(1)>"
    inner.mkdir()
    code = "def double(x):\n    return x * 3\n"
    (inner / "\"><script>alert(1)<.py").write_text(code)
    (folder / "' onfocus='alert(1)' x='.py").write_text("x = 1\n")
    return folder
