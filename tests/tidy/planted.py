"""A small tree of files for the tests of the checks: each plants what its check must find."""

import pathlib
import tempfile
import textwrap
import unittest


class PlantedTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def plant(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")

    def assert_found(self, violations, *expected):
        """expected: "path:line" and a part of the message, joined by a blank."""
        found = [str(violation) for violation in violations]
        self.assertEqual(len(found), len(expected), found)
        for line, wanted in zip(found, expected):
            place, part = wanted.split(" ", 1)
            self.assertTrue(line.startswith(place + ":"), f"{line} is not at {place}")
            self.assertIn(part, line)
