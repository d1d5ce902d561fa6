"""Checks that each header of engine, services and adapters compiles alone, with the flags of the
build. What compiled is remembered in the build folder by a hash over the header and all of ours
that it draws in, so that only what changed is compiled again."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys

import cpp
import repository
from repository import Violation

FOLDERS = {"engine", "services", "adapters"}
MEMORY = "headers_that_compile_alone.json"


class Compiler:
    """g++ with the include folders and definitions that the build gives to these folders."""

    def __init__(self, root, build):
        self._root = pathlib.Path(root)
        entries = json.loads((pathlib.Path(build) / "compile_commands.json").read_text("utf-8"))
        flags = []
        for entry in entries:
            path = pathlib.Path(entry["file"])
            if not path.is_relative_to(self._root):
                continue
            if path.relative_to(self._root).parts[0] not in FOLDERS:
                continue
            flags += [flag for flag in _shared_flags(entry["command"]) if flag not in flags]
        self._flags = flags or ["-std=c++20", f"-I{self._root}"]

    def folders(self):
        return [pathlib.Path(flag.removeprefix("-isystem").removeprefix("-I"))
                for flag in self._flags if flag.startswith(("-I", "-isystem"))]

    def errors(self, header):
        """What the compiler says about a file that includes nothing but this header."""
        process = subprocess.run(
            ["g++", "-fsyntax-only", *self._flags, "-x", "c++", "-"],
            input=f'#include "{header}"\n', capture_output=True, text=True, check=False)
        return "" if process.returncode == 0 else process.stderr

    def fingerprint(self, header):
        digest = hashlib.sha256(repr(self._flags).encode())
        for path in sorted(self._closure(header)):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _closure(self, header):
        """The header and the files that it draws in from the tree and from generated code."""
        pending, seen = [self._root / header], set()
        while pending:
            path = pending.pop()
            if path in seen:
                continue
            seen.add(path)
            for include in cpp.includes(path.read_text(encoding="utf-8")):
                for folder in self.folders():
                    if (folder / include.path).is_file():
                        pending.append(folder / include.path)
                        break
        return seen


def _shared_flags(command):
    """Language, definitions and include folders, the latter as one word each. A precompiled header
    is left out: it would hide what a header forgot to include."""
    words = iter(shlex.split(command))
    for word in words:
        if word == "-isystem":
            yield "-isystem" + next(words)
        elif word == "-include":
            next(words)
        elif word.startswith(("-std=", "-I", "-D", "-isystem")):
            yield word


def violations(root, build):
    compiler = Compiler(root, build)
    memory = pathlib.Path(build) / MEMORY
    known = set(json.loads(memory.read_text("utf-8"))) if memory.exists() else set()
    headers = repository.files(root, {".h"}, FOLDERS)
    prints = {header: compiler.fingerprint(header) for header in headers}
    changed = [header for header in headers if prints[header] not in known]
    good = known & set(prints.values())
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {pool.submit(compiler.errors, header): header for header in changed}
        for run in concurrent.futures.as_completed(runs):
            header = runs[run]
            if run.result():
                yield Violation(str(header), 1, "does not compile alone:\n" + run.result())
                continue
            # At once, so that a run that is ended early need not be done again.
            good.add(prints[header])
            memory.write_text(json.dumps(sorted(good)))


if __name__ == "__main__":
    sys.exit(repository.report(violations(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))))
