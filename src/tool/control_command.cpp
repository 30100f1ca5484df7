// srvwarden reload, withdraw, announce: orders for the daemon that runs.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "report/standard_output.hpp"
#include "report/terminal.hpp"
#include "tool/command.hpp"
#include "tool/control_client.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::string name;
  std::shared_ptr<SocketChoice> socket;
};

Exit order(const SocketChoice& socket, const nlohmann::json& request) {
  ControlClient client;
  if (const auto why = client.connect(socket.path())) {
    complain(socket.words_for(*why, client.trouble()));
    return Exit::unreadable;
  }
  const auto answer = client.ask(request);
  if (!answer) {
    complain(report::shown(socket.path()) + ": " + client.trouble());
    return Exit::unreadable;
  }
  if (!answer->value("ok", false)) {
    complain(report::shown(answer->value("error", "srvwardend refuses without a word")));
    return Exit::findings;
  }
  report::put(report::shown(answer->value("words", "done")) + '\n');
  return Exit::clean;
}

void add_order(CLI::App& program, Action& action, const std::string& word, const char* description,
               const char* footer, bool has_name) {
  CLI::App* command = program.add_subcommand(word, description);
  auto options = std::make_shared<Options>();
  options->socket = SocketChoice::add_to(*command);
  if (has_name) {
    command
        ->add_option("name", options->name,
                     "An instance, an instance and its type (\"Lobby._ipp._tcp\"), a key, or a "
                     "definition's path or file name")
        ->required()
        ->check(not_empty)
        ->type_name("NAME");
  }
  command->footer(footer);
  when_chosen(*command, action, [options, word, has_name] {
    nlohmann::json request = {{"command", word}};
    if (has_name) request["name"] = options->name;
    return order(*options->socket, request);
  });
}

}  // namespace

void add_orders(CLI::App& program, Action& action) {
  add_order(program, action, "reload",
            "Lets srvwardend read its configuration and all definitions anew",
            "Exit status: 0 done, 1 refused, 3 no daemon answers.", false);
  add_order(program, action, "withdraw",
            "Takes services off the link until they are announced again by an order",
            "Their definitions stay. Exit status: 0 done, 1 refused, 3 no daemon answers.", true);
  add_order(program, action, "announce", "Announces what was withdrawn by an order",
            "Exit status: 0 done, 1 refused, 3 no daemon answers.", true);
}

}  // namespace srvwarden::tool
