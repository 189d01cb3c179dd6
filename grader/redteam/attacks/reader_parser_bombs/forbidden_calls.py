"""Makes the search for forbidden calls follow names, calls and classes without end."""

# /// attack
# kind = "build"
# verdicts = { relu = "FAILED|PASSED|FORBIDDEN|TIMEOUT|ERROR" }
# ///

def build(folder):
    chain = "".join(f"def f{n}(x): return f{n + 1}(x) + f{(n * 7) % 900}(x)\n" for n in range(900))
    names = "a0 = a1\n" + "".join(f"a{n} = a{(n + 1) % 500}\n" for n in range(500))
    classes = "".join(f"class C{n}(C{(n + 1) % 300}): pass\n" for n in range(300))
    text = f"{chain}\n{names}\n{classes}\ndef f900(x): return x\ndef relu(x):\n    return x if 1 else f0(a0(C0(x)))\n"
    (folder / "a.py").write_text(text)
    return folder
