"""Is refused with a message that quotes a name full of escape sequences."""

# /// attack
# kind = "build"
# refused = "no .py or .ipynb file"
# ///

def build(folder):
    inner = folder / "a\x1b[2J\x1b]0;owned\x07\n::error::x"
    inner.mkdir()
    return inner
