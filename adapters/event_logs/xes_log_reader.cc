#include "adapters/event_logs/xes_log_reader.h"

#include <cstring>
#include <utility>

#include "engine/base/check.h"

namespace onewindow {
namespace {

constexpr size_t kDepthMax = 64;
// How a mapping names an attribute of the trace, as tools do that flatten XES into one table.
constexpr std::string_view kTracePrefix = "case:";

// XES may be written with a namespace prefix on every element.
std::string_view LocalName(std::string_view name) {
  size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

const char* Find(const char** attributes, std::string_view name) {
  for (; attributes[0] != nullptr; attributes += 2) {
    if (attributes[0] == name) return attributes[1];
  }
  return nullptr;
}

}  // namespace

XesLogReader::XesLogReader(RowIntake& intake)
    : intake_(intake), parser_(XML_ParserCreate(nullptr)) {
  CHECK(parser_ != nullptr) << "out of memory";
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(
      parser_.get(),
      [](void* self, const char* name, const char** attributes) {
        static_cast<XesLogReader*>(self)->OpenElement(LocalName(name), attributes);
      },
      [](void* self, const char*) { static_cast<XesLogReader*>(self)->CloseElement(); });
  XML_SetStartDoctypeDeclHandler(
      parser_.get(), [](void* self, const char*, const char*, const char*, int) {
        auto* reader = static_cast<XesLogReader*>(self);
        reader->Stop(reader->intake_.Broken(reader->position(),
                                            "document type declarations are not accepted"));
      });
}

Status XesLogReader::Read(std::string_view chunk) { return Parse(chunk, XML_FALSE); }

Status XesLogReader::Finish() { return Parse({}, XML_TRUE); }

TextPosition XesLogReader::position() const {
  return {.line = XML_GetCurrentLineNumber(parser_.get()),
          .column = XML_GetCurrentColumnNumber(parser_.get()) + 1};
}

Status XesLogReader::Parse(std::string_view chunk, int is_final) {
  bytes_fed_ += chunk.size();
  auto outcome = XML_Parse(parser_.get(), chunk.data(), static_cast<int>(chunk.size()), is_final);
  if (stopped_by_) return *stopped_by_;
  if (outcome != XML_STATUS_OK) {
    return intake_.Broken(position(), XML_ErrorString(XML_GetErrorCode(parser_.get())));
  }
  // Expat keeps an incomplete mark in memory; a mark without end must not fill it.
  XML_Index index = XML_GetCurrentByteIndex(parser_.get());
  if (index > 0) bytes_understood_ = static_cast<uint64_t>(index);
  if (bytes_fed_ - bytes_understood_ > kLogMarkBytesMax) {
    return intake_.Broken(position(),
                          "a mark is longer than " + std::to_string(kLogMarkBytesMax) + " bytes");
  }
  return {};
}

void XesLogReader::OpenElement(std::string_view name, const char** attributes) {
  if (stopped_by_) return;
  if (scopes_.size() == kDepthMax) {
    return Stop(intake_.Broken(
        position(), "elements are nested deeper than " + std::to_string(kDepthMax) + " levels"));
  }
  if (scopes_.empty() && name != "log") {
    return Stop(intake_.Broken(position(), "expected <log>, but found <" +
                                               std::string(name.substr(0, 60)) +
                                               ">: not an event log in XES"));
  }
  Scope owner = scopes_.empty() ? Scope::kOther : scopes_.back();
  Scope scope = ScopeOf(name);
  scopes_.push_back(scope);
  if (scope == Scope::kTrace) return BeginTrace();
  if (scope == Scope::kEvent) return BeginEvent();
  if (owner == Scope::kTrace || owner == Scope::kEvent) return TakeAttribute(owner, attributes);
  if (owner == Scope::kLog && name == "event") Refuse("the event belongs to no trace");
}

XesLogReader::Scope XesLogReader::ScopeOf(std::string_view name) {
  if (scopes_.empty()) return Scope::kLog;
  if (scopes_.back() == Scope::kLog && name == "trace") return Scope::kTrace;
  if (scopes_.back() == Scope::kTrace && name == "event") return Scope::kEvent;
  return Scope::kOther;
}

void XesLogReader::CloseElement() {
  if (stopped_by_) return;
  Scope scope = scopes_.back();
  scopes_.pop_back();
  if (scope == Scope::kEvent) EndEvent();
  if (scope == Scope::kTrace) EndTrace();
}

void XesLogReader::BeginTrace() {
  trace_ = {};
  trace_position_ = position();
  trace_events_ = 0;
}

void XesLogReader::BeginEvent() {
  event_ = {};
  event_position_ = position();
  event_flaw_.reset();
}

void XesLogReader::TakeAttribute(Scope owner, const char** attributes) {
  const char* key = Find(attributes, "key");
  const char* value = Find(attributes, "value");
  if (key == nullptr || value == nullptr) return;  // Containers have no value.

  std::string name = (owner == Scope::kTrace ? std::string(kTracePrefix) : std::string()) + key;
  for (size_t i = 0; i < kLogFieldCount; ++i) {
    auto field = static_cast<LogField>(i);
    if (intake_.mapper().columns()[field] != name) continue;
    auto& attribute = (owner == Scope::kTrace ? trace_ : event_)[field];
    if (owner == Scope::kTrace && trace_events_ > 0) {
      return Refuse("the trace's attribute " + name + " stands behind its events");
    }
    if (attribute && owner == Scope::kTrace) return Refuse("the trace has " + name + " twice");
    if (attribute) event_flaw_ = "the event has " + name + " twice";
    attribute = Attribute{.text = value, .position = position()};
  }
}

void XesLogReader::EndEvent() {
  ++trace_events_;
  if (event_flaw_) {
    intake_.Refuse({.position = event_position_, .reason = *event_flaw_});
    return;
  }
  RawRow raw{.position = event_position_, .fields = {}};
  for (size_t i = 0; i < kLogFieldCount; ++i) {
    auto field = static_cast<LogField>(i);
    const auto& attribute = event_[field] ? event_[field] : trace_[field];
    if (!attribute) continue;
    raw.fields[field] = TextField{.text = attribute->text, .position = attribute->position};
  }
  if (Status status = intake_.Take(raw); !status.ok()) Stop(status.fault());
}

void XesLogReader::EndTrace() {
  if (trace_events_ > 0) return;
  const auto& case_id = trace_[LogField::kCaseId];
  intake_.Refuse(
      {.position = trace_position_,
       .reason = "the trace" + (case_id ? " " + case_id->text : std::string()) + " has no events"});
}

void XesLogReader::Refuse(std::string reason) {
  intake_.Refuse({.position = position(), .reason = std::move(reason)});
}

void XesLogReader::Stop(Fault fault) {
  if (!stopped_by_) stopped_by_ = std::move(fault);
  XML_StopParser(parser_.get(), XML_FALSE);
}

}  // namespace onewindow
