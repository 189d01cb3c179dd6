"""Is written in Python 2."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|PASSED" }
# ///

def build(folder):
    text = "print 'hello'\n\n\ndef mean_of(x):\n    print x\n    raise ValueError, 'no'\n"
    (folder / "a.py").write_text(text)
    return folder
