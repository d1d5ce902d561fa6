import contextlib
import io
import unittest

import planted
import readme_commands

README = """\
    # Title

    ```sh
    deploy/demo
    ```
    ```sh
    deploy/demo --once
    echo two
    ```
    ```cpp
    int main() {}
    ```
    ```
    no commands
    ```

    - In a list:

      ```sh
      if true; then
        echo three
      fi
      ```
    """


class ReadmeCommandsTest(planted.PlantedTest):
    def run_blocks(self, readme):
        self.plant("README.md", readme)
        with contextlib.redirect_stdout(io.StringIO()):
            return readme_commands.run(self.root, self.root / "README.md")

    def test_takes_marked_blocks_but_the_set_up(self):
        self.plant("README.md", README)
        text = (self.root / "README.md").read_text(encoding="utf-8")
        self.assertEqual(
            list(readme_commands.command_blocks(text)),
            [(7, "deploy/demo --once\necho two"), (20, "if true; then\n  echo three\nfi")])

    def test_runs_the_blocks_in_order_at_the_root(self):
        failed = self.run_blocks("""\
            ```sh
            echo here > "$TMPDIR/note"
            ```
            ```sh
            cp "$TMPDIR/note" note
            ```
            """)
        self.assertEqual(failed, 0)
        self.assertEqual((self.root / "note").read_text(encoding="utf-8"), "here\n")

    def test_counts_the_blocks_in_which_a_command_fails(self):
        failed = self.run_blocks("""\
            ```sh
            false
            true
            ```
            ```sh
            false | true
            ```
            ```sh
            echo "$UNHEARD_OF"
            ```
            ```sh
            true
            ```
            """)
        self.assertEqual(failed, 3)

    def test_ends_what_a_block_leaves_running(self):
        failed = self.run_blocks("""\
            ```sh
            sleep 1000 &
            echo $! > left
            ```
            ```sh
            for wait in {1..100}; do
              grep -q sleep "/proc/$(< left)/cmdline" || exit 0
              sleep 0.05
            done
            exit 1
            ```
            """)
        self.assertEqual(failed, 0)

    def test_counts_a_block_that_does_not_end(self):
        seconds = readme_commands.BLOCK_SECONDS
        self.addCleanup(setattr, readme_commands, "BLOCK_SECONDS", seconds)
        readme_commands.BLOCK_SECONDS = 0.2
        self.assertEqual(self.run_blocks("```sh\nsleep 1000\n```\n"), 1)


if __name__ == "__main__":
    unittest.main()
