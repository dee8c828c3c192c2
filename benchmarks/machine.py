"""Say where the figures come from: the machine, the versions, and the threads of NumPy's BLAS."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "tensorflow", "keras")


def processor() -> str:
    """Return the processor's name, as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (text.partition(":")[2].strip() for text in lines if text.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def blas_threads() -> str:
    """Return each BLAS that NumPy has loaded, with the threads it uses."""
    import numpy  # noqa: F401  (the BLAS is loaded with it)
    from threadpoolctl import threadpool_info

    found = (each for each in threadpool_info() if each["user_api"] == "blas")
    return ", ".join(f"{each['internal_api']} {each['num_threads']}" for each in found)


def described() -> str:
    """Return one sentence that says where the figures come from, and how busy the machine was before."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
        f"{platform.system()}, Python {platform.python_version()}, {versions}; "
        f"BLAS threads: {blas_threads()}."
    )
