"""The table of grades: a journal that survives an interruption, and the CSV and JSON made of it.

The journal is a file of one line of JSON for each graded submission, beside the CSV. A line that an
interruption has cut is forgotten. CSV and JSON are written beside their places and then put there, so that no
file ever holds half a row.
"""

import csv
import json
import os
from contextlib import contextmanager
from pathlib import Path

COLUMNS = ("submission", "exercise", "question", "outcome", "message", "remarks", "seed", "seconds")


class Grades:
    """The records of one run and of those before it, of which only places are kept in memory."""

    def __init__(self, table: Path):
        self.table = Path(table)
        self.journal = self.table.with_name(self.table.name + ".journal")
        self.places: dict[str, int] = {}  # where in the journal the newest record of a key begins
        self.seed = None
        self._read()

    def _read(self):
        """Find what is there; cut a last line that was never finished."""
        if not self.journal.exists():
            return
        end = 0
        with self.journal.open("rb") as file:
            for line in iter(file.readline, b""):
                try:
                    record = json.loads(line)
                    self.places[record["key"]] = end
                    self.seed = record["seed"]
                except (ValueError, KeyError, TypeError):
                    break
                if not line.endswith(b"\n"):
                    break
                end += len(line)
        os.truncate(self.journal, end)
        self.places = {key: place for key, place in self.places.items() if place < end}

    def __contains__(self, key):
        return key in self.places

    def add(self, key: str, seed: int, record: dict):
        """Write a record so that it outlives an interruption."""
        line = json.dumps({"key": key, "seed": seed, **record}).encode() + b"\n"
        with self.journal.open("ab") as file:
            place = file.tell()
            file.write(line)
            file.flush()
            self.places[key] = place
            os.fsync(file.fileno())

    def records(self, keys):
        """Give the records of some keys, one after the other, in the order of the keys."""
        with self.journal.open("rb") as file:
            for key in keys:
                if key in self.places:
                    file.seek(self.places[key])
                    record = json.loads(file.readline())
                    yield {name: value for name, value in record.items() if name not in ("key", "seed")}

    def write_table(self, keys):
        """Write the CSV of some keys: a row for each question."""
        with replacing(self.table) as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            for record in self.records(keys):
                for one in record["rows"]:
                    cells = {"submission": record["submission"], "exercise": record["exercise"], **one}
                    table.writerow([harmless(cells[column]) for column in COLUMNS])

    def write_json(self, path, keys):
        """Write the JSON of some keys: a list of submissions, each with its rows and what was left out."""
        with replacing(path) as file:
            file.write("[")
            for place, record in enumerate(self.records(keys)):
                file.write((",\n" if place else "\n") + json.dumps(record, ensure_ascii=False))
            file.write("\n]\n")


def harmless(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in tuple("=+-@＝＋－＠\t\r") else cell


@contextmanager
def replacing(path):
    """Open a file that takes its place once it is whole."""
    path = Path(path)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
