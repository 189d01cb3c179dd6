"""Raises what the hidden tests ask, as a text and as the name of an exception."""

# /// attack
# verdicts = { repeat = "ERROR" }
# forms = ["module", "notebook", "executed"]
# ///

def repeat(text):
    raise type(text, (Exception,), {})(text)
