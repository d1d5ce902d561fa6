"""Checks that a file is read in a sitting, a function on a screen, a line without scrolling."""

import ast
import sys

import cpp
import repository
from repository import Violation

FILE_LINES = 500
FUNCTION_LINES = 60
LINE_CHARACTERS = 100
SUFFIXES = {".h", ".cc", ".proto", ".py"}


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield cpp.Function(node.name, node.lineno, node.end_lineno)


def functions(suffix, text):
    if suffix in {".h", ".cc"}:
        return cpp.functions(text)
    if suffix == ".py":
        return python_functions(text)
    return []


def violations(root):
    for path in repository.files(root, SUFFIXES):
        text = repository.read(root, path)
        lines = text.splitlines()
        if len(lines) > FILE_LINES:
            yield Violation(str(path), len(lines), f"{len(lines)} lines, {FILE_LINES} at most")
        for number, line in enumerate(lines, 1):
            if len(line) > LINE_CHARACTERS:
                yield Violation(
                    str(path), number, f"{len(line)} characters, {LINE_CHARACTERS} at most")
        for function in functions(path.suffix, text):
            if function.lines > FUNCTION_LINES:
                yield Violation(
                    str(path), function.first_line,
                    f"{function.name} has {function.lines} lines, {FUNCTION_LINES} at most")


if __name__ == "__main__":
    sys.exit(repository.report(violations(repository.root_argument())))
