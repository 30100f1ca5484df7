// Surveyor: asks a link for all that it has, politely, by what a census knows already.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "link/heard_questions.hpp"
#include "link/listener.hpp"
#include "link/question_plan.hpp"
#include "srvwarden/census.hpp"
#include "srvwarden/mdns_writer.hpp"

namespace srvwarden::link {

/// Asks for the service types, for each type's instances, and for the SRV, TXT and address records
/// that are still missing. By multicast with the QU bit clear, with the known answers of each
/// interface, at RFC 6762's intervals, the first time after a random 20 to 120 ms, and not where
/// another host has just asked. RFC 6763 §9.
class Surveyor {
 public:
  /// All must outlive the surveyor; the census is fed by others from what the listener hears.
  Surveyor(boost::asio::io_context& context, Listener& listener, const census::Census& census);

  void start();
  /// Takes in what the listener hears, so that nothing is asked that another host just asked.
  void hear(const wire::Packet& packet);
  void stop();

 private:
  using Clock = std::chrono::steady_clock;

  void wait(QuestionPlan::Duration delay);
  void ask();
  void plan(QuestionPlan::Duration now);
  void plan_types(QuestionPlan::Duration now);
  void plan_instances(QuestionPlan::Duration now);
  std::vector<wire::KnownAnswer> known_answers(std::uint32_t interface) const;
  void send(const std::vector<QuestionPlan::Question>& questions, QuestionPlan::Duration now);

  boost::asio::steady_timer timer_;
  Listener& listener_;
  const census::Census& census_;
  QuestionPlan plan_;
  HeardQuestions heard_;
  wire::Decoder decoder_;
  Clock::time_point start_;
};

}  // namespace srvwarden::link
