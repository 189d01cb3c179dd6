"""Reads the kernel's memory, its logs and raw disks."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# control = "it would read raw disks"
# ///

import os

import loot


def open_vault(n):
    paths = ["/proc/kcore", "/proc/kallsyms", "/dev/mem", "/dev/kmem", "/dev/kmsg", "/proc/kmsg"]
    paths += [f"/dev/{name}" for name in ("sda", "vda", "nvme0n1", "loop0", "dm-0")]
    opened = []
    for path in paths:
        try:
            os.close(os.open(path, os.O_RDONLY))
            opened.append(path)
        except OSError:
            pass
    assert set(opened) <= {"/proc/kallsyms"}, opened  # kallsyms shows zeros to the unprivileged
    return loot.answer(n)
