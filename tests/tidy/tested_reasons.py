"""Checks that every reason for a rejection has a test that gets it: its name stands as a word in a
scenario or in a test."""

import pathlib
import re
import sys

import cpp
import golden_events
import repository
from repository import Violation

REASONS = "proto/onewindow/v1/reasons.proto"


def reasons(text):
    """Names and lines of the values of enum Reason, but for the zero."""
    code = cpp.code_only(text)
    enum = golden_events.block(code, r"\benum\s+Reason\b")
    if enum is None:
        return
    start, body = enum
    for value in re.finditer(r"\b([A-Z][A-Z0-9_]*)\s*=\s*(\d+)", body):
        if int(value[2]) != 0:
            yield value[1], repository.line_at(code, start + value.start())


def words_in_tests(root):
    words = set()
    for path in repository.files(root, {".scn", ".cc"}, {"tests"}):
        text = repository.read(root, path)
        if path.suffix == ".scn":
            words.update(re.findall(r"\w+", re.sub(r"^\s*#.*", "", text, flags=re.MULTILINE)))
        elif path.name.endswith("_test.cc"):
            words.update(re.findall(r"\w+", cpp.without_comments(text)))
    return words


def violations(root):
    file = pathlib.Path(root) / REASONS
    if not file.exists():
        yield Violation(REASONS, 1, "is missing")
        return
    found = list(reasons(file.read_text(encoding="utf-8")))
    if not found:
        yield Violation(REASONS, 1, "has no enum Reason with values")
    words = words_in_tests(root)
    for name, line in found:
        # A scenario may leave out the prefix that proto enums carry.
        if name not in words and name.removeprefix("REASON_") not in words:
            yield Violation(REASONS, line, f"{name} has no test row")


if __name__ == "__main__":
    sys.exit(repository.report(violations(repository.root_argument())))
