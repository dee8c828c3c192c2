"""Execute a notebook and note the most memory that its kernel ever held."""

from pathlib import Path

from nbclient import NotebookClient


def highest(pid: int) -> int:
    """Return the most bytes that a process ever held, where the system keeps count (Linux); else 0."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


class Watched(NotebookClient):
    """An executor whose ``memory`` is, after each cell, the most bytes that the kernel has held."""

    memory = 0

    async def async_execute_cell(self, *arguments, **options):
        """Execute a cell, then look."""
        try:
            return await super().async_execute_cell(*arguments, **options)
        finally:
            if self.km is not None and self.km.has_kernel:
                self.memory = max(self.memory, highest(self.km.provisioner.pid))
