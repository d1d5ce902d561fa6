"""Checks every #include and every restricted call of engine, services and adapters against
layers.toml."""

import pathlib
import re
import sys
import tomllib

import cpp
import repository
from repository import Violation

FOLDERS = {"engine", "services", "adapters"}


class Layers:
    def __init__(self, table):
        self._groups = table.get("groups", {})
        self._modules = table["modules"]
        self._headers = table["headers"]
        self._calls = {
            name: [re.compile(pattern) for pattern in patterns]
            for name, patterns in table["calls"].items()
        }

    def has(self, module):
        return module in self._modules

    def unknown_names(self):
        """Names that the table uses but nowhere defines."""
        for module, row in self._modules.items():
            for name in row.get("headers", []):
                if name not in self._headers:
                    yield f"{module} names the unknown headers \"{name}\""
            for name in row.get("calls", []):
                if name not in self._calls:
                    yield f"{module} names the unknown calls \"{name}\""
            for name in row.get("modules", []):
                known = name in self._groups or any(
                    self._covers(name, other) for other in self._modules)
                if not known:
                    yield f"{module} names the unknown module \"{name}\""

    def refuses(self, module, include):
        """Why the module may not include this, or None."""
        included = str(pathlib.PurePosixPath(include.path).parent)
        if included.split("/")[0] in FOLDERS:
            if include.angled:
                return "our own headers are included with quotes"
            if included == module or self._may_use(self._modules[module], included):
                return None
            return f"{module} may not include {included}"
        family = self._family(include.path)
        if family is None:
            return f"{include.path} is in no family of layers.toml"
        if family == "std" or family in self._modules[module].get("headers", []):
            return None
        return f"{module} may not include {include.path} ({family})"

    def restricted_calls(self, module, code):
        """Pairs of offset and name for the calls that the module may not make."""
        allowed = self._modules[module].get("calls", [])
        for name, patterns in self._calls.items():
            if name in allowed:
                continue
            for pattern in patterns:
                for match in pattern.finditer(code):
                    yield match.start(), f"{module} may not call {match[0].strip()} ({name})"

    def _may_use(self, row, included):
        pending = list(row.get("modules", []))
        while pending:
            name = pending.pop()
            if name in self._groups:
                pending.extend(self._groups[name])
            elif self._covers(name, included):
                return True
        return False

    @staticmethod
    def _covers(name, module):
        """A bare top folder, such as "adapters", stands for all modules in it."""
        return module == name or ("/" not in name and module.startswith(name + "/"))

    def _family(self, path):
        # The stubs lie beside the messages, but bring gRPC with them.
        if path.endswith(".grpc.pb.h"):
            return "grpc"
        for family, entries in self._headers.items():
            for entry in entries:
                if path == entry or (entry.endswith("/") and path.startswith(entry)):
                    return family
        return None


def violations(root, table):
    layers = Layers(table)
    for message in layers.unknown_names():
        yield Violation("tests/tidy/layers.toml", 1, message)
    for path in repository.files(root, {".h", ".cc"}, FOLDERS):
        module = str(path.parent)
        if not layers.has(module):
            yield Violation(str(path), 1, f"{module} is not in layers.toml")
            continue
        text = repository.read(root, path)
        for include in cpp.includes(text):
            reason = layers.refuses(module, include)
            if reason:
                yield Violation(str(path), include.line, reason)
        code = cpp.code_only(text)
        for offset, reason in layers.restricted_calls(module, code):
            yield Violation(str(path), repository.line_at(code, offset), reason)


def shipped_table():
    with open(pathlib.Path(__file__).parent / "layers.toml", "rb") as file:
        return tomllib.load(file)


if __name__ == "__main__":
    sys.exit(repository.report(violations(repository.root_argument(), shipped_table())))
