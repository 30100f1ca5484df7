// ControlDesk: reading is for all that the socket lets in, orders for those who may give them.
// SPDX-License-Identifier: Apache-2.0
#include "control/desk.hpp"

#include <utility>

namespace srvwarden::daemon {

ControlDesk::ControlDesk(Controlled& controlled, const Counters& counters, Log& log, Access access)
    : controlled_(controlled), counters_(counters), log_(log), access_(std::move(access)) {}

Line ControlDesk::answer(Client& client, const std::string& line) {
  ++control_.requests;
  const auto read = read_request(line);
  if (const auto* error = std::get_if<RequestError>(&read)) {
    ++control_.refused;
    return refusal(error->id, error->words);
  }
  return serve(client, std::get<Request>(read));
}

Line ControlDesk::serve(Client& client, const Request& request) {
  switch (request.verb) {
    case Verb::status:
      return status_answer(request.id, status_for(request.key));
    case Verb::watch:
      client.watch_id = request.id;
      client.watch_key = request.key;
      return status_answer(request.id, status_for(request.key));
    case Verb::metrics:
      return metrics_answer(request.id, *metrics());
    case Verb::version:
      return version_answer(request.id, status().version);
    case Verb::reload:
    case Verb::withdraw:
    case Verb::announce:
    case Verb::advertise:
      return order(client, request);
  }
  return {};
}

/// Every order is logged, with who gave it.
Line ControlDesk::order(Client& client, const Request& request) {
  const Peer& peer = client.peer;
  if (!access_.may_order(peer)) {
    ++control_.refused;
    return refusal(request.id, access_.refusal(peer, name_of(request.verb)));
  }
  const Answer answer = obey(client, request);
  changed();
  const std::string subject = request.verb == Verb::advertise ? request.advertisement.instance +
                                                                    ' ' + request.advertisement.type
                                                              : request.name;
  std::string words = "ordered by uid " + std::to_string(peer.uid) + " (process " +
                      std::to_string(peer.pid) + "): " + std::string(name_of(request.verb));
  if (!subject.empty()) words += " \"" + subject + '"';
  words += (answer.done ? ": " : ": not done: ") + answer.words;
  log_(answer.done ? Level::info : Level::warning, "ordered", std::move(words),
       {{"order", std::string(name_of(request.verb))},
        {"subject", subject},
        {"uid", std::to_string(peer.uid)},
        {"pid", std::to_string(peer.pid)}});
  return order_answer(request.id, answer);
}

Answer ControlDesk::obey(Client& client, const Request& request) {
  switch (request.verb) {
    case Verb::reload:
      return controlled_.reload();
    case Verb::withdraw:
      return controlled_.withdraw(request.name);
    case Verb::announce:
      return controlled_.announce(request.name);
    default:
      return advertise(client, request.advertisement);
  }
}

Answer ControlDesk::advertise(Client& client, Advertisement wanted) {
  Answer answer;
  if (client.advertised >= max_advertised) {
    answer.words = "one connection can advertise " + std::to_string(max_advertised) +
                   " services: open another one";
    return answer;
  }
  wanted.client = client.number;
  answer = controlled_.advertise(wanted);
  if (answer.done) ++client.advertised;
  return answer;
}

void ControlDesk::leave(const Client& client) {
  if (client.advertised == 0) return;
  controlled_.release(client.number);
  changed();
}

void ControlDesk::changed() {
  status_.reset();
  whole_.reset();
}

const DaemonStatus& ControlDesk::status() {
  if (!status_) status_ = controlled_.status();
  return *status_;
}

SharedText ControlDesk::status_for(const std::string& key) {
  if (!key.empty()) return std::make_shared<const std::string>(status_json(status(), key));
  if (!whole_) whole_ = std::make_shared<const std::string>(status_json(status(), ""));
  return whole_;
}

SharedText ControlDesk::metrics() {
  const auto now = std::chrono::steady_clock::now();
  if (!metrics_ || now - metrics_made_ >= metrics_age) {
    metrics_ = std::make_shared<const std::string>(
        metrics_text({status(), counters_, control_, process_facts(), controlled_.watched()}));
    metrics_made_ = now;
  }
  return metrics_;
}

}  // namespace srvwarden::daemon
