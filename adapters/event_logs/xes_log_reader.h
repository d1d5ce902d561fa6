#pragma once

#include <expat.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event_logs/log_row.h"
#include "adapters/event_logs/row_intake.h"

namespace onewindow {

// Reads a log in XES (IEEE 1849). Only the log's traces, their events and the plain attributes of
// both are of interest; attributes of attributes, and the defaults that <global> declares, are not.
// Document type declarations are refused, and with them every entity of the file's own.
class XesLogReader {
 public:
  // Requires: the intake outlives the reader.
  explicit XesLogReader(RowIntake& intake);
  XesLogReader(const XesLogReader&) = delete;
  XesLogReader& operator=(const XesLogReader&) = delete;

  // A fault where the file is not well-formed, not XES or nested too deeply, or of the sink.
  Status Read(std::string_view chunk);
  // A fault where the file ends early.
  Status Finish();
  TextPosition position() const;

 private:
  enum class Scope { kLog, kTrace, kEvent, kOther };
  // An attribute whose key the mapping names.
  struct Attribute {
    std::string text;
    TextPosition position;
  };
  using Attributes = ByLogField<std::optional<Attribute>>;

  Status Parse(std::string_view chunk, int is_final);
  void OpenElement(std::string_view name, const char** attributes);
  void CloseElement();
  Scope ScopeOf(std::string_view name);
  void BeginTrace();
  void BeginEvent();
  void TakeAttribute(Scope owner, const char** attributes);
  void EndTrace();
  void EndEvent();
  void Refuse(std::string reason);
  void Stop(Fault fault);

  struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  RowIntake& intake_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  std::optional<Fault> stopped_by_;
  std::vector<Scope> scopes_;  // Of the elements that are open.
  uint64_t bytes_fed_ = 0;
  uint64_t bytes_understood_ = 0;  // Up to the mark that is still incomplete.

  TextPosition trace_position_;
  Attributes trace_;
  uint64_t trace_events_ = 0;
  TextPosition event_position_;
  Attributes event_;
  std::optional<std::string> event_flaw_;
};

}  // namespace onewindow
