// ValueReport: text, json and jsonl.
// SPDX-License-Identifier: Apache-2.0
#include "report/value_report.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "core/hex.hpp"
#include "report/finding_json.hpp"
#include "report/finding_text.hpp"
#include "report/json_writer.hpp"
#include "report/standard_output.hpp"
#include "report/summary.hpp"
#include "report/terminal.hpp"
#include "srvwarden/check.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/service_type.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::report {
namespace {

class TextReport final : public ValueReport {
 public:
  explicit TextReport(const ValueReportOptions& options) : options_(options) {}

  void value(const CheckedValue& value) override {
    ++values_;
    if (value.findings.empty()) {
      // Millions may come on standard input: there, what is right is only counted.
      if (!options_.quiet && value.place.word == "argument") clean(value);
      return;
    }
    const std::string place = place_of(value);
    for (const Finding& finding : value.findings) {
      summary_.count(finding);
      text_.clear();
      append_finding(text_, finding, place, value.value, Colour(options_.colour));
      put(text_);
    }
  }

  void end() override {
    if (options_.quiet || (values_ < 2 && summary_.findings() < 2)) return;
    put(summary_.text(values_, "value"));
  }

 private:
  static std::string place_of(const CheckedValue& value) {
    std::string place(value.place.word);
    place.append(" ").append(std::to_string(value.place.number)).append(", as ");
    place.append(name_of(value.kind)).append(value.guessed ? " (guessed)" : "");
    return place;
  }

  void clean(const CheckedValue& value) {
    text_ = shown(value.value);
    text_.append(": ok, ").append(name_of(value.kind)).append(value.guessed ? " (guessed)" : "");
    if (const std::string_view title = title_of(value); !title.empty()) {
      text_.append(", ").append(shown(title));
    }
    put(text_ += '\n');
  }

  std::string_view title_of(const CheckedValue& value) const {
    if (options_.registry == nullptr) return {};
    if (value.kind == Kind::service_name) return options_.registry->title(value.value);
    if (value.kind != Kind::service_type) return {};
    const auto type = ServiceType::parse(value.value);
    return type ? options_.registry->title(type->name().text()) : std::string_view();
  }

  ValueReportOptions options_;
  std::string text_;
  std::size_t values_ = 0;
  Summary summary_;
};

nlohmann::ordered_json value_json(const CheckedValue& value) {
  const auto severity = worst(value.findings);
  nlohmann::ordered_json out = {
      {"input", value.value},
      {"as", name_of(value.kind)},
      {"guessed", value.guessed},
      {"valid", severity != Severity::error},
      {"severity",
       severity ? nlohmann::ordered_json(name_of(*severity)) : nlohmann::ordered_json()},
      {"findings", nlohmann::ordered_json::array()},
  };
  for (const Finding& finding : value.findings) out["findings"].push_back(to_json(finding));
  if (utf8::find_ill_formed(value.value) != value.value.npos) {
    out["input_hex"] = to_hex(value.value);
  }
  return out;
}

class JsonReport final : public ValueReport {
 public:
  JsonReport(const ValueReportOptions& options, JsonWriter::Form form)
      : quiet_(options.quiet), writer_(form) {}

  void value(const CheckedValue& value) override {
    if (!quiet_ || !value.findings.empty()) writer_.put(value_json(value));
  }
  void end() override { writer_.end(); }

 private:
  bool quiet_;
  JsonWriter writer_;
};

}  // namespace

std::unique_ptr<ValueReport> value_report(std::string_view format,
                                          const ValueReportOptions& options) {
  using Form = JsonWriter::Form;
  if (format == "json") return std::make_unique<JsonReport>(options, Form::array);
  if (format == "jsonl") return std::make_unique<JsonReport>(options, Form::lines);
  return std::make_unique<TextReport>(options);
}

}  // namespace srvwarden::report
