"""Runs every command block of README.md, in order, each in a bash of its own at the root of the
repository. A command block is fenced and marked "sh". The blocks that set everything up are left
out: tests run inside of them.

The blocks find in $TMPDIR a folder that is theirs alone and goes afterwards. What a block leaves
running is ended with it."""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

SET_UP = {"deploy/demo", "tests/run"}
BLOCK_SECONDS = 300

_FENCE = re.compile(
    r"^(?P<indent> {0,3})```(?P<info>[^\n`]*)\n(?P<body>.*?)^ {0,3}```[ \t]*$",
    re.MULTILINE | re.DOTALL)


def command_blocks(text):
    """Line and commands of each block, the set-up commands left out."""
    for fence in _FENCE.finditer(text):
        if fence["info"].strip() != "sh":
            continue
        commands = re.sub(f"^{fence['indent']}", "", fence["body"], flags=re.MULTILINE).strip()
        if commands not in SET_UP:
            yield text.count("\n", 0, fence.start("body")) + 1, commands


def run_block(root, commands, environment):
    """The exit code of the block, or why there is none."""
    with subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", commands], cwd=root, env=environment,
            stdin=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            return process.wait(BLOCK_SECONDS)
        except subprocess.TimeoutExpired:
            return f"none within {BLOCK_SECONDS} s"
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def run(root, readme):
    """Runs the blocks of this file; gives how many failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TMPDIR": folder}
        for line, commands in command_blocks(readme.read_text(encoding="utf-8")):
            print(f"{readme.name}:{line}:\n{commands}", flush=True)
            code = run_block(root, commands, environment)
            if code != 0:
                print(f"{readme.name}:{line}: exit code {code}", flush=True)
                failed += 1
    return failed


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    readme = root / "README.md"
    if not readme.exists():
        print("README.md is missing")
        return 1
    if not list(command_blocks(readme.read_text(encoding="utf-8"))):
        print("README.md has no command blocks")
        return 1
    return 1 if run(root, readme) else 0


if __name__ == "__main__":
    sys.exit(main())
