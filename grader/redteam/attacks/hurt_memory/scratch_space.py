"""Fills its scratch space and shared memory, which lie in memory."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

def double(x, tried=[]):
    for folder in ("/box", "/box/work", "/dev/shm", "/tmp") if not tried else ():
        tried.append(folder)
        try:
            with open(f"{folder}/fill", "wb") as file:
                while True:
                    file.write(bytes(1 << 20))
        except OSError:
            pass
    return x * 2
