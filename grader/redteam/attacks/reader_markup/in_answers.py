"""Returns HTML as texts, as keys, and as names of types."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", repeat = "FAILED" }
# ///

PAYLOAD = "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>"


def double(x):
    return {PAYLOAD: [PAYLOAD]}


def mean_of(x):
    return type("<img src=x onerror=alert(1)>", (), {})()


def repeat(text):
    return "`<b onclick=alert(1)>`" * 3
