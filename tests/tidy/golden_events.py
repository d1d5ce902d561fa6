"""Checks that every event has a golden file: tests/golden/<field of Event's oneof>.<suffix>. What
is on disk somewhere must be readable for ever, and the golden files hold us to that."""

import pathlib
import re
import sys

import cpp
import repository
from repository import Violation

EVENTS = "proto/onewindow/v1/events.proto"
GOLDEN = "tests/golden"


def block(text, head):
    """What the braces behind this head enclose, and where it begins."""
    match = re.search(head + r"\s*\{", text)
    if match is None:
        return None
    depth, at = 1, match.end()
    while at < len(text) and depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return match.end(), text[match.end():at - 1]


def event_fields(text):
    """Fields of all oneofs of message Event, with their lines."""
    code = cpp.code_only(text)
    message = block(code, r"\bmessage\s+Event\b")
    if message is None:
        return
    message_start, body = message
    for oneof in re.finditer(r"\boneof\s+(\w+)", body):
        start, fields = block(body[oneof.start():], r"\boneof\s+\w+")
        offset = message_start + oneof.start() + start
        for field in re.finditer(r"[\w.]+\s+(\w+)\s*=\s*\d+", fields):
            yield field[1], repository.line_at(code, offset + field.start())


def violations(root):
    file = pathlib.Path(root) / EVENTS
    if not file.exists():
        yield Violation(EVENTS, 1, "is missing")
        return
    fields = list(event_fields(file.read_text(encoding="utf-8")))
    if not fields:
        yield Violation(EVENTS, 1, "has no message Event with a oneof")
    kept = {path.name.split(".")[0] for path in (pathlib.Path(root) / GOLDEN).glob("*.*")}
    for name, line in fields:
        if name not in kept:
            yield Violation(EVENTS, line, f"{name} has no golden file {GOLDEN}/{name}.*")


if __name__ == "__main__":
    sys.exit(repository.report(violations(repository.root_argument())))
