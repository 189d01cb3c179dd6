"""Replaces what runs and shows its cells, so that all of them look well."""

# /// attack
# verdicts = { double = "FAILED" }
# forms = ["executed", "nbclient"]
# control = "a naive grader runs no cells"
# ///

def double(x):
    return x * 3

# %%
import sys

shell = get_ipython()
shell.events.callbacks = {name: [] for name in shell.events.callbacks}
for name in ("showtraceback", "transform_cell", "ast_node_interactivity", "execution_count"):
    try:
        setattr(shell, name, lambda *args, **kwargs: "1 + 1")
    except Exception:
        pass
shell.display_pub.publish = lambda *args, **kwargs: None

# %%
for module in list(sys.modules.values()):
    if getattr(module, "__name__", "").startswith("grader.worker"):
        for name, value in list(vars(module).items()):
            if callable(value) and not name.startswith("__"):
                try:
                    setattr(module, name, lambda *args, **kwargs: {"status": "ok", "outputs": []})
                except Exception:
                    pass

# %%
sys.stdout.write = sys.stderr.write = None
