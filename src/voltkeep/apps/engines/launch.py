"""Becomes another program that dies with the process that started it (run as a script, standard library only).

Usage: `python -I -S launch.py PARENT_PID SIGNAL UID GID PROGRAM [ARGUMENT…]`; UID and GID are `-` to keep the user.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1


def change_user(uid: str, gid: str) -> None:
    """Gives up root for good; the kernel clears the death signal here, so it is asked for afterwards."""
    if uid == "-":
        return
    os.setgroups([])
    os.setgid(int(gid))
    os.setuid(int(uid))


def die_with_parent(parent: int, death_signal: int) -> None:
    """Asks the kernel for `death_signal` when the parent ends; leaves at once if it has ended already."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:
        sys.exit(1)


def watch_parent(parent: int, death_signal: int, command: list[str]) -> int:
    """Where the kernel has no death signal (macOS): stays between the two and looks every half second."""
    child = subprocess.Popen(command)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda received, _frame: child.send_signal(received))
    while child.poll() is None:
        if os.getppid() != parent:
            child.send_signal(death_signal)
            return child.wait()
        select.select([], [], [], 0.5)
    return child.returncode


def main() -> None:
    """Reads the arguments, changes the user, ties the life to the parent's, and becomes the program."""
    parent, death_signal, uid, gid, *command = sys.argv[1:]
    change_user(uid, gid)
    if not sys.platform.startswith("linux"):
        sys.exit(watch_parent(int(parent), int(death_signal), command))
    die_with_parent(int(parent), int(death_signal))
    os.execv(command[0], command)  # noqa: S606  no shell is wanted


main()
