// Finding what a person means.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/subject.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "census/name_labels.hpp"
#include "registry/edit_distance.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/presentation.hpp"

namespace srvwarden::rules::story {

namespace {

using census::Census;
using census::Observation;
using wire::NameView;
using wire::Type;

std::string folded(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), ascii::fold);
  return out;
}

bool is_same(std::string_view a, std::string_view b) { return NameView(a) == NameView(b); }

void add_once(std::vector<std::string>& out, NameView name) {
  const auto same = [&](const std::string& known) { return NameView(known) == name; };
  if (std::ranges::none_of(out, same)) out.emplace_back(name.octets());
}

/// The labels of a name in presentation form, or nothing where it has no wire format.
std::string read_name(std::string_view text) {
  std::vector<std::string> labels(1);
  for (std::size_t at = 0; at < text.size();) {
    const PresentationStep step = read_presentation(text, at);
    if (step.code != Errc::none) return {};
    if (step.is_separator) {
      labels.emplace_back();
    } else {
      labels.back() += step.octet;
    }
    at += step.size;
  }
  if (labels.back().empty()) labels.pop_back();
  const std::vector<std::string_view> views(labels.begin(), labels.end());
  return wire::make_name(views);
}

/// "_ipp._tcp.local." of "ipp", "_ipp._tcp" or the whole.
std::string read_type(std::string_view text) {
  while (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty()) return {};
  std::string whole = (text.starts_with('_') ? "" : "_") + std::string(text);
  if (whole.find('.') == whole.npos) whole += "._tcp";
  const auto dots = std::ranges::count(whole, '.');
  if (dots == 1) whole += ".local";
  return read_name(whole);
}

Subject instance_subject(const census::Instance& instance) {
  Subject subject{.kind = SubjectKind::instance, .name = instance.name};
  const NameView name(subject.name);
  const std::size_t service = std::max<std::size_t>(1, census::shape_of_name(name, false).service);
  subject.type = name.without(service).octets();
  for (const Observation* record : instance.services) add_once(subject.hosts, record->target());
  for (const Observation* record : instance.subtypes) add_once(subject.subtypes, record->owner());
  return subject;
}

std::vector<Subject> instance_subjects(const Census& census) {
  std::vector<Subject> subjects;
  for (const census::Instance& instance : census.instances()) {
    subjects.push_back(instance_subject(instance));
  }
  return subjects;
}

Subject host_subject(std::string name) {
  Subject subject{.kind = SubjectKind::host, .name = std::move(name)};
  subject.hosts = {subject.name};
  return subject;
}

/// Types that are announced or asked for.
std::vector<Subject> type_subjects(const Census& census) {
  std::map<std::string, std::string> names;
  const auto add = [&](NameView name) {
    const NameShape shape = census::shape_of_name(name, true);
    if (shape.role == NameRole::browse) names.try_emplace(folded(name.octets()), name.octets());
  };
  for (const Observation& record : census.records()) {
    if (record.type() == Type::ptr) add(record.owner());
  }
  for (const census::Question& question : census.questions()) {
    if (question.type == Type::ptr) add(census.name(question.name));
  }
  std::vector<Subject> subjects;
  for (auto& [key, name] : names) {
    subjects.push_back({.kind = SubjectKind::type, .name = name, .type = name});
  }
  return subjects;
}

/// Whether a record of one of the hosts has an address, or a sender with it announced the name.
bool is_of_address(const Census& census, const Subject& subject, const wire::Address& address) {
  for (const std::string& host : subject.hosts) {
    for (const Type type : {Type::a, Type::aaaa}) {
      const auto records = census.find(NameView(host), type);
      if (std::ranges::any_of(records,
                              [&](const Observation* r) { return r->address() == address; })) {
        return true;
      }
    }
  }
  for (const Type type : {Type::srv, Type::txt, Type::a, Type::aaaa}) {
    for (const Observation* record : census.find(subject.view(), type)) {
      for (const census::SenderId sender : record->senders()) {
        if (census.senders()[sender].address == address) return true;
      }
    }
  }
  return false;
}

bool is_of_host(const Census& census, const Subject& subject, std::string_view host) {
  if (const auto address = wire::Address::parse(host)) {
    return is_of_address(census, subject, *address);
  }
  while (host.ends_with('.')) host.remove_suffix(1);
  return std::ranges::any_of(subject.hosts, [&](const std::string& octets) {
    std::string text = NameView(octets).text();
    text.pop_back();
    return ascii::equal(text, host) || ascii::equal(NameView(octets).label(0), host);
  });
}

/// How well a subject's name fits what was written: 2 wholly, 1 in its beginning, 0 not.
int fit(const Subject& subject, std::string_view text) {
  std::string whole = subject.view().text();
  const std::string_view label = subject.view().label(0);
  const std::string written = folded(text.substr(0, text.find_last_not_of('.') + 1));
  whole.pop_back();
  const std::string local = folded(whole);
  std::string raw = folded(label) + '.' + folded(subject.view().without(1).text());
  raw.pop_back();
  for (const std::string& form : {folded(label), local, raw}) {
    if (form == written) return 2;
  }
  const std::string pair = written + '.';
  if (local.starts_with(pair) || raw.starts_with(pair)) return 2;
  return !written.empty() && (local.starts_with(written) || raw.starts_with(written)) ? 1 : 0;
}

std::vector<Subject> best(std::vector<Subject> subjects, std::string_view text) {
  int most = 1;
  for (const Subject& subject : subjects) most = std::max(most, fit(subject, text));
  std::erase_if(subjects, [&](const Subject& subject) { return fit(subject, text) < most; });
  return subjects;
}

/// What is left without blanks, quotes and accents.
std::string letters_of(std::string_view text) {
  std::string out;
  std::ranges::copy_if(folded(text), std::back_inserter(out), ascii::is_alphanumeric);
  return out;
}

/// Those whose label is a slip of the fingers away, or that have the written text in their label.
std::vector<Subject> near_to(std::vector<Subject> subjects, std::string_view text) {
  constexpr std::size_t most_near = 5;
  const auto distance = [&](const Subject& subject) -> std::size_t {
    const std::string_view written = text.substr(0, registry::longest_word);
    const std::string_view label = subject.view().label(0);
    const std::size_t limit = 1 + written.size() / 4;
    const std::string letters = letters_of(written);
    if (!letters.empty() && letters_of(label).find(letters) != std::string::npos) return 0;
    return registry::edit_distance(registry::FoldedWord(label), registry::FoldedWord(written),
                                   limit) <= limit
               ? 1
               : 2;
  };
  std::erase_if(subjects, [&](const Subject& subject) { return distance(subject) == 2; });
  std::ranges::stable_sort(subjects, {}, distance);
  if (subjects.size() > most_near) subjects.resize(most_near);
  return subjects;
}

}  // namespace

std::string_view name_of(SubjectKind kind) noexcept {
  switch (kind) {
    case SubjectKind::instance:
      return "instance";
    case SubjectKind::host:
      return "host";
    case SubjectKind::type:
      return "type";
  }
  return "";
}

std::vector<Subject> all_subjects(const Census& census) {
  std::vector<Subject> subjects = instance_subjects(census);
  for (const std::string& host : census.hosts()) subjects.push_back(host_subject(host));
  for (Subject& type : type_subjects(census)) subjects.push_back(std::move(type));
  return subjects;
}

std::optional<Subject> type_subject(std::string_view text) {
  const std::string name = read_type(text);
  if (name.empty()) return std::nullopt;
  return Subject{.kind = SubjectKind::type, .name = name, .type = name};
}

std::optional<Subject> absent_instance(std::string_view text, std::string_view type) {
  const std::string parent = read_type(type);
  if (text.empty() || parent.empty()) return std::nullopt;
  std::vector<std::string_view> labels{text};
  for (const std::string_view label : NameView(parent)) labels.push_back(label);
  const std::string name = wire::make_name(labels);
  if (name.empty()) return std::nullopt;
  return Subject{.kind = SubjectKind::instance, .name = name, .type = parent};
}

Choice choose_instance(const Census& census, const Wanted& wanted) {
  std::vector<Subject> all = instance_subjects(census);
  const std::string type = wanted.type ? read_type(*wanted.type) : std::string();
  std::erase_if(all, [&](const Subject& subject) {
    if (wanted.type && (type.empty() || !is_same(subject.type, type))) return true;
    return wanted.host && !is_of_host(census, subject, *wanted.host);
  });
  if (!wanted.instance) return {std::move(all), {}};
  return {best(all, *wanted.instance), near_to(all, *wanted.instance)};
}

Choice choose(const Census& census, const Wanted& wanted) {
  if (wanted.instance) return choose_instance(census, wanted);
  std::vector<Subject> all;
  if (wanted.host) {
    for (const std::string& host : census.hosts()) all.push_back(host_subject(host));
    Choice choice{{}, near_to(all, *wanted.host)};
    std::ranges::copy_if(all, std::back_inserter(choice.matches), [&](const Subject& subject) {
      return is_of_host(census, subject, *wanted.host);
    });
    return choice;
  }
  all = type_subjects(census);
  const std::string type = read_type(*wanted.type);
  Choice choice{{}, near_to(all, *wanted.type)};
  std::ranges::copy_if(all, std::back_inserter(choice.matches), [&](const Subject& subject) {
    return !type.empty() && is_same(subject.name, type);
  });
  return choice;
}

}  // namespace srvwarden::rules::story
