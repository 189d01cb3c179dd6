"""Shows scripts in every media type, name, exception and picture that a cell can show."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# ///

from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display, publish_display_data

PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TYPES = ("text/html", "application/javascript", "text/vnd.mermaid", "image/svg+xml", PAYLOAD)
for kind in (HTML, Javascript, Latex, Markdown):
    display(kind(PAYLOAD))
publish_display_data({kind: PAYLOAD for kind in TYPES}, metadata={kind: PAYLOAD for kind in TYPES})
print(PAYLOAD, "\x1b[2J\x1b]0;owned\x07\u202egpj.exe\x00")

# %%
display({"application/vnd.jupyter.widget-view+json": {"model_id": PAYLOAD}}, raw=True)
display({"image/png": PAYLOAD.encode(), "image/svg+xml": f"<svg onload='{PAYLOAD}'/>"}, raw=True)
handle = display(1, display_id=PAYLOAD)
handle.update(HTML(PAYLOAD))

# %%
raise type(PAYLOAD, (Exception,), {"__module__": PAYLOAD})(PAYLOAD + "\x1b[31m")

# %%
class Shown:
    def __repr__(self):
        return PAYLOAD + "\u2066\x9b"

    def _repr_html_(self):
        return PAYLOAD

    def _repr_mimebundle_(self, **options):
        return {PAYLOAD: PAYLOAD, 3: PAYLOAD, "text/plain": 5}


Shown()

# %%
def double(x):
    return x * 2
