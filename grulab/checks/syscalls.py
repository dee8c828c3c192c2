"""Which system calls a submission may not make: a filter that bubblewrap hands to the kernel.

Namespaces and limits close most ways; this closes what they leave: memory that belongs to no process
(``memfd_create``, System V shared memory, file systems mounted in a namespace of one's own), looking into
other processes, and sockets that know no network namespace. A denied call fails with ``EPERM``.
"""

import errno
import platform
import struct

# names of the denied calls, with their numbers on x86_64 and aarch64
DENIED = {
    "ptrace": (101, 117),
    "syslog": (103, 116),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "swapon": (167, 224),
    "reboot": (169, 142),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "pidfd_getfd": (438, 438),
    "mount_setattr": (442, 442),
}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, and the kernel's number
CLONE, CLONE3, SOCKET = (56, 220), (435, 435), (41, 198)
NEW_NAMESPACES = 0x7E020000  # any of the flags that ask clone for a namespace
FAMILIES = (1, 2, 10)  # local sockets, IPv4, IPv6: the empty network namespace holds these

# the instructions of the kernel's filter machine
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
KILL, ALLOW = 0x80000000, 0x7FFF0000
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # places in what the filter is given


def is_known(machine=None) -> bool:
    """Return whether there is a filter for this kind of machine."""
    return (machine or platform.machine()) in MACHINES


def program(machine=None) -> bytes:
    """Return the filter for a machine (this one's unless told), as bubblewrap's ``--seccomp`` reads it."""
    column, architecture = MACHINES[machine or platform.machine()]

    def line(code, value, if_true=0, if_false=0):
        return struct.pack("<HBBI", code, if_true, if_false, value)

    def denied(error):
        return line(RETURN, 0x00050000 | error)

    lines = [
        line(LOAD, ARCHITECTURE),
        line(EQUAL, architecture, 1, 0),
        line(RETURN, KILL),
        line(LOAD, NUMBER),
        line(AT_LEAST, 0x40000000, 0, 1),  # the second table of numbers on x86_64
        denied(errno.ENOSYS),
    ]
    for numbers in DENIED.values():
        lines += [line(EQUAL, numbers[column], 0, 1), denied(errno.EPERM)]
    # the C library falls back on clone, whose flags a filter can read
    lines += [line(EQUAL, CLONE3[column], 0, 1), denied(errno.ENOSYS)]
    lines += [
        line(EQUAL, CLONE[column], 0, 4),
        line(LOAD, FIRST_ARGUMENT),
        line(ANY_BIT, NEW_NAMESPACES, 0, 1),
        denied(errno.EPERM),
        line(RETURN, ALLOW),
    ]
    lines += [line(EQUAL, SOCKET[column], 0, len(FAMILIES) + 2), line(LOAD, FIRST_ARGUMENT)]
    lines += [line(EQUAL, family, len(FAMILIES) - place, 0) for place, family in enumerate(FAMILIES)]
    lines += [denied(errno.EAFNOSUPPORT), line(RETURN, ALLOW)]
    return b"".join(lines)
