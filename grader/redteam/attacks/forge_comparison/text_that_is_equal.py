"""Returns a text of a class that is equal to everything."""

# /// attack
# verdicts = { repeat = "FAILED" }
# ///

class Text(str):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0


def repeat(text):
    return Text("no")
