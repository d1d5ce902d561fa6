import json
import unittest

import headers
import planted


class HeadersTest(planted.PlantedTest):
    def setUp(self):
        super().setUp()
        self.build = self.root / "build"
        self.plant("build/all.hxx", "#include <string>\n")
        self.plant("build/compile_commands.json", json.dumps([{
            "file": str(self.root / "engine/base/a.cc"),
            "command": f"g++ -std=c++20 -I{self.root} -isystem {self.root}/generated"
                       f" -include {self.build}/all.hxx -c a.cc",
        }]))

    def check(self):
        return list(headers.violations(self.root, self.build))

    def test_accepts_headers_that_include_what_they_use(self):
        self.plant("generated/b.pb.h", "struct B {};\n")
        self.plant("engine/base/a.h", '#include <string>\n#include "b.pb.h"\nstd::string A(B b);\n')
        self.assert_found(self.check())

    def test_finds_a_header_that_leans_on_the_precompiled_one(self):
        self.plant("engine/base/a.h", "std::string A();\n")
        self.assert_found(self.check(), "engine/base/a.h:1 does not compile alone")
        self.assert_found(self.check(), "engine/base/a.h:1 does not compile alone")

    def test_compiles_again_what_changed_below(self):
        self.plant("engine/base/b.h", "struct B {};\n")
        self.plant("engine/base/a.h", '#include "engine/base/b.h"\nB A();\n')
        self.assert_found(self.check())
        self.plant("engine/base/b.h", "struct C {};\n")
        self.assert_found(self.check(), "engine/base/a.h:1 does not compile alone")

    def test_compiles_once_what_stays(self):
        self.plant("engine/base/a.h", "struct A {};\n")
        self.assert_found(self.check())
        compile_really = headers.Compiler.errors
        self.addCleanup(setattr, headers.Compiler, "errors", compile_really)
        headers.Compiler.errors = lambda compiler, header: self.fail(f"{header} compiled again")
        self.assert_found(self.check())


if __name__ == "__main__":
    unittest.main()
