"""Is handed in under a name that is markup."""

# /// attack
# kind = "build"
# verdicts = { double = "FAILED" }
# ///

def build(folder):
    path = folder / "<script>alert(1)<‧script> [red]bold[‧red] {{7*7}}.py"
    path.write_text("def double(x):\n    return x * 3\n")
    return path
