"""The files of the repository, and how a check reports what it found in them."""

import dataclasses
import os
import pathlib
import sys

# In a linked working tree .git is a file.
SKIPPED = {".git", "build", "node_modules", "__pycache__", "demo-data"}


@dataclasses.dataclass(frozen=True)
class Violation:
    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


def files(root, suffixes=None, folders=None):
    """Paths relative to root, sorted; of these suffixes and below these folders, where given."""
    found = []
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = [name for name in subfolders if name not in SKIPPED]
        for name in set(names) - SKIPPED:
            path = (pathlib.Path(folder) / name).relative_to(root)
            if suffixes is not None and path.suffix not in suffixes:
                continue
            if folders is not None and path.parts[0] not in folders:
                continue
            found.append(path)
    return sorted(found)


def read(root, path):
    return (pathlib.Path(root) / path).read_text(encoding="utf-8")


def is_text(root, path):
    with open(pathlib.Path(root) / path, "rb") as file:
        start = file.read(65536)
    if b"\0" in start:
        return False
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        # The sample may end in the middle of a character.
        return len(start) == 65536 and error.start >= len(start) - 3
    return True


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1


def report(violations):
    """Prints the violations; gives the exit code of the check."""
    count = 0
    for violation in violations:
        print(violation)
        count += 1
    print(f"{count} violations")
    return 1 if count else 0


def root_argument():
    """The root of the repository: the first argument, or where this file lies."""
    if len(sys.argv) > 1:
        return pathlib.Path(sys.argv[1])
    return pathlib.Path(__file__).resolve().parents[2]
