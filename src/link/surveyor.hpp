// Surveyor: asks a link for all that it has, politely, by what a census knows already.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "link/heard_questions.hpp"
#include "link/listener.hpp"
#include "link/question_plan.hpp"
#include "srvwarden/census.hpp"
#include "srvwarden/mdns_writer.hpp"

namespace srvwarden::link {

struct SurveyorOptions {
  std::vector<std::string> interfaces = {};  ///< ask on these; empty: on all that are listened on
  QuestionPlan::Duration look_again{100};    ///< to see what the link has answered meanwhile
  /// Ask again for instances before their PTR record's time is over: for who listens for hours.
  bool refresh = false;
};

/// Asks for the service types, for each type's instances, and for the SRV, TXT and address records
/// that are still missing. By multicast with the QU bit clear, with the known answers of each
/// interface, at RFC 6762's intervals, the first time after a random 20 to 120 ms, and not where
/// another host has just asked. RFC 6763 §9.
class Surveyor {
 public:
  /// All must outlive the surveyor; the census is fed by others from what the listener hears.
  Surveyor(boost::asio::io_context& context, Listener& listener, const census::Census& census,
           SurveyorOptions options = {});

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
  void plan_refresh(QuestionPlan::Duration now);
  std::vector<wire::KnownAnswer> known_answers(std::uint32_t interface) const;
  void send(const std::vector<QuestionPlan::Question>& questions, QuestionPlan::Duration now);

  boost::asio::steady_timer timer_;
  Listener& listener_;
  const census::Census& census_;
  SurveyorOptions options_;
  QuestionPlan plan_;
  HeardQuestions heard_;
  wire::Decoder decoder_;
  Clock::time_point start_;
  std::map<std::string, QuestionPlan::Duration> refreshed_;     ///< types, when they were asked for
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  ///< for handlers that come late
};

}  // namespace srvwarden::link
