import textwrap
import unittest

import cpp


def names_and_lines(text):
    return [(found.name, found.lines) for found in cpp.functions(textwrap.dedent(text))]


class FunctionsTest(unittest.TestCase):
    def test_counts_from_the_head_to_the_closing_brace(self):
        text = """
            namespace onewindow {
            namespace {

            int
            Two(int a,
                int b) {
              return a + b;
            }

            }  // namespace
            }  // namespace onewindow
            """
        self.assertEqual(names_and_lines(text), [("Two", 5)])

    def test_finds_methods_in_classes(self):
        text = """
            template <typename T, class U = int>
            class [[nodiscard]] Box final : public Base<T> {
             public:
              Box(T value) : value_(std::move(value)) {}
              bool ok() const { return true; }
              T& operator[](int at) { return value_; }
              bool operator==(const Box& other) const = default;
              void Undefined();

             private:
              T value_{};
              std::vector<int> more_ = {1, 2};
            };
            """
        self.assertEqual(
            [name for name, _ in names_and_lines(text)], ["Box", "ok", "operator[]"])

    def test_takes_braced_member_initialisers_for_no_body(self):
        text = """
            Log::Log(Kv& kv) : kv_{kv}, map_(std::map<int, int>{{1, 2}}), next_{1} {
              Open();
              Read();
            }
            Log::Log() : next_{2} {
            }
            """
        self.assertEqual(names_and_lines(text), [("Log::Log", 4), ("Log::Log", 2)])

    def test_lambdas_belong_to_their_function(self):
        text = """
            void Sort(std::vector<int>& numbers) {
              std::sort(numbers.begin(), numbers.end(), [](int a, int b) {
                if (a < b) { return true; }
                return false;
              });
            }
            const auto kTwice = [](int a) {
              return 2 * a;
            };
            """
        self.assertEqual(names_and_lines(text), [("Sort", 6), ("kTwice", 3)])

    def test_tables_are_no_functions(self):
        text = """
            constexpr Row kRows[] = {
              {1, Name("a")},
              {2, Name("b")},
            };
            const std::vector<Row> kMore{
              {1},
            };
            enum class Colour { kRed, kYellow };
            struct Row { int a = 1; };
            """
        self.assertEqual(names_and_lines(text), [])

    def test_braces_in_comments_literals_and_directives_do_not_count(self):
        text = r'''
            #define OPEN {
            void Text() {
              // }
              /* } */
              Use("}", '}', "\"}", R"(})", R"x()" })x", 1'000'000, u8"}");
            }
            int After() { return 1; }
            '''
        self.assertEqual(names_and_lines(text), [("Text", 5), ("After", 1)])

    def test_trailing_return_types_and_attributes(self):
        text = """
            [[nodiscard]] auto Days(int from) -> std::vector<int> {
              return {};
            }
            struct Point Origin() { return {}; }
            decltype(auto) Visit(int a) { return a; }
            extern "C" {
            int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) { return 0; }
            }
            """
        self.assertEqual(
            [name for name, _ in names_and_lines(text)],
            ["Days", "Origin", "Visit", "LLVMFuzzerTestOneInput"])

    def test_tests_are_named_by_suite_and_sentence(self):
        text = """
            TEST_F(DecideTest, AcceptIsRejected) {
              EXPECT_EQ(1, 1);
            }
            """
        self.assertEqual(names_and_lines(text), [("DecideTest.AcceptIsRejected", 3)])


class IncludesTest(unittest.TestCase):
    def test_reads_both_forms_and_skips_comments(self):
        text = textwrap.dedent("""\
            #include <map>
            // #include <mutex>
            /* #include <thread> */
            #  include "engine/base/check.h"  // why
            """)
        self.assertEqual(
            list(cpp.includes(text)),
            [cpp.Include(1, "map", True), cpp.Include(4, "engine/base/check.h", False)])


if __name__ == "__main__":
    unittest.main()
