"""Returns an object that is equal to everything."""

# /// attack
# verdicts = { open_vault = "FAILED", repeat = "FAILED", double = "FAILED", mean_of = "FAILED" }
# forms = ["module", "notebook", "executed"]
# ///

class Anything:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None


def open_vault(n):
    return Anything()


repeat = double = mean_of = open_vault
