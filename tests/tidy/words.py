"""Checks names and words: see words.toml."""

import pathlib
import re
import sys
import tomllib

import cpp
import repository
from repository import Violation

PUBLIC = {"engine", "services", "adapters"}
_TYPE = re.compile(
    r"^\s*(?:typedef\s+)?(?:class|struct|union|enum(?:\s+(?:class|struct))?|concept|using"
    r"|message|service)\s+(?:\[\[\w+\]\]\s+)?([A-Za-z_]\w*)\s*(?![\w:;])",
    re.MULTILINE)
_FUNCTION_WITH_BOOL = re.compile(r"(\w+)\s*\((?:[^(){};]|\([^()]*\))*?\bbool\s+\w+\s*[,)=]")
_CONTROL = {"if", "for", "while", "switch", "return"}


def camel_case_words(name):
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)


class Words:
    def __init__(self, table):
        self._empty = {word.lower() for word in table["empty_words"]}
        self._allowed = set(table["allowed_names"])
        self._banned = [re.compile(pattern) for pattern in table["remarks"] + table["places"]]
        self._exempt = set(table["exempt_from_remarks_and_places"])
        self._allowed_bools = set(table["allowed_bool_parameters"])

    def in_file_name(self, path):
        if path.stem.title().replace("_", "") in self._allowed:
            return
        for word in re.split(r"[_.-]", path.stem):
            if word.lower() in self._empty:
                yield Violation(str(path), 1, f"\"{word}\" in a file's name says nothing")

    def in_type_names(self, path, text):
        for match in _TYPE.finditer(cpp.code_only(text)):
            name = match[1]
            if name in self._allowed:
                continue
            for word in camel_case_words(name):
                if word.lower() in self._empty:
                    line = repository.line_at(text, match.start(1))
                    yield Violation(str(path), line, f"\"{word}\" in {name} says nothing")

    def in_text(self, path, text):
        if str(path) in self._exempt:
            return
        for pattern in self._banned:
            for match in pattern.finditer(text):
                line = repository.line_at(text, match.start())
                yield Violation(str(path), line, f"\"{match[0]}\" does not belong here")

    def in_interface(self, path, text):
        code = cpp.code_only(text)
        for match in re.finditer(r"\bstd::pair\b", code):
            line = repository.line_at(text, match.start())
            yield Violation(str(path), line, "std::pair: give the two a name")
        for match in _FUNCTION_WITH_BOOL.finditer(code):
            if match[1] in _CONTROL or f"{path}: {match[1]}" in self._allowed_bools:
                continue
            line = repository.line_at(text, match.start())
            yield Violation(str(path), line, f"{match[1]} takes a bool: an enum says more")


def violations(root, table):
    words = Words(table)
    for path in repository.files(root):
        if not repository.is_text(root, path):
            continue
        text = repository.read(root, path)
        yield from words.in_text(path, text)
        if path.suffix in {".h", ".cc", ".proto", ".py"}:
            yield from words.in_file_name(path)
        if path.suffix in {".h", ".cc", ".proto"}:
            yield from words.in_type_names(path, text)
        if path.suffix == ".h" and path.parts[0] in PUBLIC:
            yield from words.in_interface(path, text)


def shipped_table():
    with open(pathlib.Path(__file__).parent / "words.toml", "rb") as file:
        return tomllib.load(file)


if __name__ == "__main__":
    sys.exit(repository.report(violations(repository.root_argument(), shipped_table())))
