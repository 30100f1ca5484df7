// DF030 to DF035: what readers of property lists, manifests and job files could not take.
// SPDX-License-Identifier: Apache-2.0
#include "rules/declared_rules.hpp"

namespace srvwarden::rules {
namespace {

constexpr Reference info_plist{0, "Information Property List"};
constexpr Reference service_api{0, "Kubernetes ServiceSpec"};
constexpr Reference manual{0, "srvwarden(1)"};

template <ProblemCode code>
void check_problem(const Problem& problem, Report& report) {
  if (problem.code != code) return;
  report({problem.at.offset, problem.length}, {.detail = problem.detail, .help = problem.help});
}

constexpr Rule<Problem> rows[] = {
    {{
         .id = "DF030",
         .name = "plist-without-network-usage",
         .severity = Severity::warning,
         .references = {info_plist},
         .message = "NSBonjourServices without NSLocalNetworkUsageDescription",
         .help = "Add the key with a sentence that tells people why the app looks at their "
                 "network: iOS shows it when it asks them. Build settings may add it instead.",
         .heuristic = true,
         .bad = {{"<plist><dict><key>NSBonjourServices</key><array><string>_ipp._tcp</string>"
                  "</array></dict></plist>",
                  "                  ^^^^^^^^^^^^^^^^^"}},
         .good = {{"<plist><dict><key>NSBonjourServices</key><array><string>_ipp._tcp</string>"
                   "</array><key>NSLocalNetworkUsageDescription</key><string>Finds printers."
                   "</string></dict></plist>"}},
     },
     check_problem<ProblemCode::no_usage_text>},
    {{
         .id = "DF031",
         .name = "plist-form-not-read",
         .severity = Severity::error,
         .references = {info_plist, {0, "plutil(1)"}},
         .message = "this form of a property list is not read",
         .help = "Convert it: plutil -convert xml1 -o - FILE",
         .bad = {{"bplist00", "^^^^^^"}},
         .good = {{"<plist><dict/></plist>"}},
     },
     check_problem<ProblemCode::unread_form>},
    {{
         .id = "DF032",
         .name = "key-misplaced",
         .severity = Severity::warning,
         .references = {info_plist},
         .message = "the key has no effect here",
         .help = "Move it to where the format's manual has it.",
         .bad = {{"<plist><dict><key>a</key><dict><key>NSBonjourServices</key><array/></dict>"
                  "</dict></plist>",
                  "                                    ^^^^^^^^^^^^^^^^^"}},
         .good = {{"<plist><dict><key>NSBonjourServices</key><array/></dict></plist>"}},
     },
     check_problem<ProblemCode::misplaced>},
    {{
         .id = "DF033",
         .name = "value-of-wrong-type",
         .severity = Severity::error,
         .references = {info_plist, {0, "Kubernetes ContainerPort"}},
         .message = "the value is of another type than the format has here",
         .help = "See the format's manual.",
         .bad = {{"<plist><dict><key>NSBonjourServices</key><string>_ipp._tcp</string></dict>"
                  "</plist>",
                  "                                         ^^^^^^^^"},
                 {"apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [{name: [a]}]}]}"}},
         .good = {{"<plist><dict><key>NSBonjourServices</key><array/></dict></plist>"}},
     },
     check_problem<ProblemCode::wrong_type>},
    {{
         .id = "DF034",
         .name = "template-not-judged",
         .severity = Severity::info,
         .references = {manual},
         .message = "this is a template, which cannot be judged itself",
         .help = "Judge what it makes: helm template CHART | srvwarden lint --as kubernetes -",
         .bad = {{"apiVersion: v1\nkind: Pod\n{{- if .Values.x }}\nspec: {}\n{{- end }}"}},
         .good = {{"apiVersion: v1\nkind: Pod\nmetadata: {name: \"{{ .Values.x }}\"}"}},
     },
     check_problem<ProblemCode::template_text>},
    {{
         .id = "DF035",
         .name = "service-port-unnamed",
         .severity = Severity::error,
         .references = {service_api},
         .message = "one of several ports of a Service has no name",
         .help = "Give each port a name; only a Service of a single port may leave it out.",
         .bad = {{"apiVersion: v1\nkind: Service\nspec: {ports: [{port: 1, name: a}, {port: 2}]}"}},
         .good = {{"apiVersion: v1\nkind: Service\nspec: {ports: [{port: 1}]}"}},
     },
     check_problem<ProblemCode::unnamed_port>},
};

}  // namespace

Table<Problem> deployment_problem_rules() { return rows; }

}  // namespace srvwarden::rules
