import unittest

import layers
import planted


class LayersTest(planted.PlantedTest):
    def check(self):
        return layers.violations(self.root, layers.shipped_table())

    def test_accepts_what_the_table_allows(self):
        self.plant("engine/kv/rocks_kv.cc", """\
            #include "engine/kv/rocks_kv.h"
            #include <rocksdb/db.h>
            #include <vector>
            #include "engine/base/result.h"
            """)
        self.plant("services/onewindowd/main.cc", '#include "adapters/event_logs/csv.h"\n')
        self.assert_found(self.check())

    def test_finds_a_higher_module(self):
        self.plant(
            "engine/base/check.h", '#include <string>\n#include "engine/casework/decide.h"\n')
        self.assert_found(
            self.check(), "engine/base/check.h:2 engine/base may not include engine/casework")

    def test_finds_a_service_that_includes_another_or_an_adapter(self):
        self.plant("services/front_desk/a.cc", """\
            #include "services/rpc/server.h"
            #include "services/back_office/b.h"
            #include "adapters/event_logs/csv.h"
            """)
        self.assert_found(
            self.check(),
            "services/front_desk/a.cc:2 may not include services/back_office",
            "services/front_desk/a.cc:3 may not include adapters/event_logs")

    def test_finds_an_adapter_that_includes_a_service(self):
        self.plant("adapters/event_logs/a.cc", '#include "services/rpc/server.h"\n')
        self.assert_found(
            self.check(), "adapters/event_logs/a.cc:1 may not include services/rpc")

    def test_finds_engine_including_services(self):
        self.plant("engine/runtime/a.cc", '#include "services/rpc/server.h"\n')
        self.assert_found(self.check(), "engine/runtime/a.cc:1 may not include services/rpc")

    def test_finds_third_party_and_system_headers(self):
        self.plant("engine/casework/decide.cc", """\
            #include <rocksdb/db.h>
            #include <mutex>
            #include "onewindow/v1/front_desk.grpc.pb.h"
            #include "onewindow/v1/events.pb.h"
            #include <unheard_of.h>
            """)
        self.assert_found(
            self.check(),
            "engine/casework/decide.cc:1 rocksdb/db.h (rocksdb)",
            "engine/casework/decide.cc:2 mutex (threads)",
            "engine/casework/decide.cc:3 (grpc)",
            "engine/casework/decide.cc:5 unheard_of.h is in no family")

    def test_finds_calls_outside_of_the_doors(self):
        text = """\
            auto now = std::chrono::system_clock::now();
            // std::thread in a comment, and a word: std::this_thread.
            std::this_thread::sleep_for(second);
            int dice = rand();
            Instant Clock::time() const;
            """
        self.plant("engine/casework/decide.cc", text)
        self.plant("engine/runtime/clock.cc", text)
        self.assert_found(
            self.check(),
            "engine/casework/decide.cc:1 (clock)",
            "engine/casework/decide.cc:4 (randomness)",
            "engine/casework/decide.cc:3 (threads)")

    def test_finds_a_module_without_a_row(self):
        self.plant("engine/misc/a.h", "")
        self.assert_found(self.check(), "engine/misc/a.h:1 not in layers.toml")

    def test_finds_names_that_the_table_does_not_define(self):
        table = {
            "modules": {"engine/base": {"headers": ["qt"], "modules": ["gui"], "calls": ["x"]}},
            "headers": {}, "calls": {},
        }
        self.assertEqual(len(list(layers.violations(self.root, table))), 3)


if __name__ == "__main__":
    unittest.main()
