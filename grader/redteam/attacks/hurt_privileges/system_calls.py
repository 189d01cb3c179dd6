"""Makes the system calls by which others have broken out, with arguments that would do."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import ctypes
import errno

CALLS = """ptrace process_vm_readv process_vm_writev kcmp pidfd_open pidfd_getfd mount umount2
pivot_root chroot unshare setns bpf perf_event_open userfaultfd io_uring_setup keyctl add_key
request_key init_module finit_module delete_module kexec_load reboot swapon swapoff acct
name_to_handle_at open_by_handle_at fsopen fsmount move_mount open_tree mount_setattr fanotify_init
quotactl syslog vhangup personality modify_ldt memfd_create memfd_secret shmget msgget semget
mq_open clock_settime settimeofday adjtimex iopl ioperm setuid setgid setgroups capset mknod
sethostname landlock_create_ruleset seccomp nfsservctl lookup_dcookie migrate_pages move_pages
mbind set_mempolicy process_madvise pidfd_send_signal rt_sigqueueinfo""".split()


def double(x):
    import pyseccomp

    libc = ctypes.CDLL(None, use_errno=True)
    architecture = pyseccomp.system_arch()
    reached = []
    for name in CALLS:
        try:
            number = pyseccomp.resolve_syscall(architecture, name)
        except ValueError:
            continue
        if number < 0:
            continue
        ctypes.set_errno(0)
        returned = libc.syscall(number, 0, 0, 0, 0, 0, 0)
        error = errno.errorcode.get(ctypes.get_errno(), "nothing")
        if returned >= 0 or error not in ("EPERM", "ENOSYS"):
            reached.append((name, returned, error))
    assert not reached, reached
    return x * 2
