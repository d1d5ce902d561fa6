"""Reads just enough C++ to find includes and functions without a compiler."""

import dataclasses
import re

from repository import line_at

_TOKEN = re.compile(
    r"""
    (?P<comment> //(?:[^\n\\]|\\.|\\\n)* | /\*.*?\*/ )
  | (?P<raw> (?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)" )
  | (?P<string> "(?:[^"\\\n]|\\.)*" )
  | (?P<number> \b[0-9](?:'?[0-9A-Za-z_.])* )
  | (?P<character> '(?:[^'\\\n]|\\.)+' )
    """,
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE | re.DOTALL)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?P<target><[^>\n]+>|"[^"\n]+")', re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Include:
    line: int
    path: str
    angled: bool


@dataclasses.dataclass(frozen=True)
class Function:
    name: str
    first_line: int
    last_line: int

    @property
    def lines(self):
        return self.last_line - self.first_line + 1


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """The same text, comments blanked out, so that offsets and lines stay."""
    return _TOKEN.sub(lambda m: _blank(m[0]) if m["comment"] else m[0], text)


def code_only(text):
    """The same text with comments, literals' contents and directives blanked out."""

    def replace(match):
        if match["number"]:
            return match[0]
        if match["comment"]:
            return _blank(match[0])
        return '"' + _blank(match[0][1:-1]) + '"'

    return _DIRECTIVE.sub(lambda m: _blank(m[0]), _TOKEN.sub(replace, text))


def includes(text):
    for match in _INCLUDE.finditer(without_comments(text)):
        target = match["target"]
        yield Include(line_at(text, match.start("target")), target[1:-1], target[0] == "<")


def functions(text):
    """Function bodies outside of other functions, in order. What lies within one belongs to it."""
    code = code_only(text)
    scopes = []  # "scope" (namespace, class) or "initialiser", from outside to inside
    parens = 0
    start = at = 0
    while at < len(code):
        letter = code[at]
        if letter in "([":
            parens += 1
        elif letter in ")]":
            parens -= 1
        elif letter == "{":
            if parens or (scopes and scopes[-1] == "initialiser"):
                at = _closing_brace(code, at)
            else:
                head = code[start:at]
                kind = _kind_of_block(head)
                if kind == "function":
                    end = _closing_brace(code, at)
                    first = start + len(head) - len(head.lstrip())
                    yield Function(_name(head), line_at(code, first), line_at(code, end))
                    at = end
                    start = at + 1
                elif kind == "initialiser":
                    at = _closing_brace(code, at)
                else:
                    scopes.append(kind)
                    start = at + 1
        elif letter == "}":
            if scopes:
                scopes.pop()
            start = at + 1
        elif letter == ";" and not parens:
            start = at + 1
        elif letter == ":" and re.fullmatch(r"\s*(public|private|protected)\s*", code[start:at]):
            start = at + 1
        at += 1


def _closing_brace(code, opening):
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, opening):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return len(code) - 1


def _kind_of_block(head):
    """What the brace opens that follows this head: "scope", "function" or "initialiser"."""
    flat = _without_nested(_without_template_heads(head)).strip()
    if re.match(r"(inline\s+)?namespace\b|extern\s*\"", flat):
        return "scope"
    if re.match(r"(typedef\s+)?(class|struct|union|enum)\b", flat) and not flat.endswith(")"):
        return "scope"
    if re.search(r"\boperator\b", flat):
        return "function"
    if re.search(r"\[\]\s*(\(\))?[^;=]*$", flat) and "=" in flat:
        return "function"  # A lambda that is given a name, but not an array: that ends in "] =".
    if "=" in flat or "(" not in flat:
        return "initialiser"
    # A constructor's initialisers may be braced: `Log() : kv_{...}, next_(1) {`.
    if re.search(r"\).*(?<!:):(?!:)", flat, re.DOTALL) and re.search(r"[\w>]\s*$", flat):
        return "initialiser"
    return "function"


def _without_template_heads(head):
    flat = head
    while match := re.search(r"\btemplate\s*<", flat):
        depth, at = 1, match.end()
        while at < len(flat) and depth:
            depth += {"<": 1, ">": -1}.get(flat[at], 0)
            at += 1
        flat = flat[: match.start()] + flat[at:]
    return flat


def _without_nested(head):
    """The head with everything inside parentheses, brackets and braces left out."""
    flat, depth = [], 0
    for letter in head:
        if letter in ")]}":
            depth -= 1
        if depth <= 0:
            flat.append(letter)
        if letter in "([{":
            depth += 1
    return re.sub(r"\[\[\]\]|\[\[?\s*\]?\]\s*(?=(class|struct|enum)\b)", " ", "".join(flat))


def _name(head):
    flat = _without_template_heads(head)
    operator = re.search(r"([\w:]*operator\s*(\(\)|[^\s(]+))", flat)
    if operator:
        return operator[1]
    test = re.search(r"\bTEST(?:_F|_P)?\s*\(\s*(\w+)\s*,\s*(\w+)", flat)
    if test:
        return f"{test[1]}.{test[2]}"
    flat = re.sub(r"\b(decltype|explicit|alignas)\b", " ", flat)
    named = re.search(r"([\w:~]+)\s*(\(|=\s*\[)", flat)
    return named[1] if named else flat.strip()
