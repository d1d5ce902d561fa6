"""Checks engine/casework/RULES.md: every row leads from a rule to code and to a story that exist,
and every story is in some row."""

import pathlib
import re
import sys

import repository
from repository import Violation

RULES = "engine/casework/RULES.md"
STORIES = "tests/scenarios"
COLUMNS = ["Rule", "Section", "Code", "Story"]


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows(text):
    """Numbers and cells of the rows of all tables, without their heads."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("|") or re.fullmatch(r"[|\s:-]+", line) or cells(line) == COLUMNS:
            continue
        yield number, cells(line)


def references(cell):
    return re.findall(r"`([^`]+)`", cell)


def exists(root, reference):
    """None where `file` is there and, in `file:symbol`, names the symbol; else what is wrong."""
    path, _, symbol = reference.partition(":")
    beside = pathlib.PurePosixPath(RULES).parent / path
    found = path if "/" in path else beside
    if not (root / found).is_file():
        return f"there is no file {found}"
    if symbol and not re.search(rf"\b{re.escape(symbol)}\b", repository.read(root, found)):
        return f"{found} does not name {symbol}"
    return None


def story_exists(root, reference):
    if "/" in reference:
        return exists(root, reference)
    path = f"{STORIES}/{reference}.scn"
    return None if (root / path).is_file() else f"there is no story {path}"


def cell_problems(column, cell, check):
    """Of a cell with references, or with `none:` and the reason."""
    if cell.startswith("none:"):
        if not cell.removeprefix("none:").strip():
            yield f"{column}: none, but not why"
        return
    named = references(cell)
    if not named:
        yield f"{column}: names nothing; expected `...` or none: and why"
    for reference in named:
        problem = check(reference)
        if problem:
            yield f"{column}: {problem}"


def row_problems(root, row):
    if len(row) != len(COLUMNS):
        yield f"has {len(row)} cells; expected {', '.join(COLUMNS)}"
        return
    rule, section, code, story = row
    if not rule:
        yield "Rule: is empty"
    if not re.fullmatch(r"[1-8](\.\d+)?(, [1-8](\.\d+)?)*", section):
        yield f"Section: expected like 4.3 or 1, 5, but found {section!r}"
    yield from cell_problems("Code", code, lambda named: exists(root, named))
    yield from cell_problems("Story", story, lambda named: story_exists(root, named))


def violations(root):
    root = pathlib.Path(root)
    if not (root / RULES).is_file():
        yield Violation(RULES, 1, "is missing")
        return
    told = set()
    for number, row in rows(repository.read(root, RULES)):
        for problem in row_problems(root, row):
            yield Violation(RULES, number, problem)
        if len(row) == len(COLUMNS):
            told.update(references(row[COLUMNS.index("Story")]))
    for path in repository.files(root, {".scn"}, {"tests"}):
        if path.parent.as_posix() == STORIES and path.stem not in told:
            row = f"| <its rule> | <section> | `<file>:<symbol>` | `{path.stem}` |"
            yield Violation(path, 1, f"no row of {RULES} names it; add {row}")


if __name__ == "__main__":
    sys.exit(repository.report(violations(repository.root_argument())))
