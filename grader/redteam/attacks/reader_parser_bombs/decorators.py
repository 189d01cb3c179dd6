"""Has functions with fifty thousand decorators, arguments and nested lambdas."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|ERROR|TIMEOUT|MEMORY|FAILED" }
# ///

def build(folder):
    arguments = ", ".join(f"a{n}=0" for n in range(50_000))
    decorators = "@str\n" * 20_000
    lambdas = "lambda: " * 2_000 + "0"
    text = f"{decorators}def mean_of(x): pass\n\n\ndef double(x, {arguments}):\n    return {lambdas}\n"
    (folder / "a.py").write_text(text)
    return folder
