"""Returns what the hidden tests ask in a wrong answer."""

# /// attack
# verdicts = { repeat = "FAILED" }
# ///

def repeat(text):
    return [text, {text: text}, type(text, (), {})()]
