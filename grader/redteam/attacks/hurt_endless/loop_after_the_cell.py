"""Leaves tasks, callbacks and a timer that go on after their cell."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# ///

import asyncio
import signal
import threading
import time


async def again():
    while True:
        await asyncio.sleep(0)


def every_so_often():
    while True:
        time.sleep(0.01)


asyncio.get_running_loop().create_task(again())
asyncio.get_running_loop().call_soon(lambda: [again() for _ in range(1000)])
threading.Thread(target=every_so_often, daemon=True).start()
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)

# %%
def double(x):
    return x * 2
