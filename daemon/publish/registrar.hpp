// Registrar: what publishers do alike: the announcements that they hold, and what they say of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "publish/interface_index.hpp"
#include "publish/publisher.hpp"

namespace srvwarden::daemon {

/// How a responder took a request.
struct Answer {
  enum class Kind : std::uint8_t {
    done,
    collision,    ///< the name is another's
    refused,      ///< and would be again
    unreachable,  ///< the responder does not answer: nobody knows what it holds
  };
  Kind kind = Kind::done;
  std::string why;  ///< in words, unless done

  bool ok() const noexcept { return kind == Kind::done; }
};

/// What a responder holds of one announcement. Destroying it tells the responder nothing: it is
/// for the time after the responder, or our connection to it, is gone.
class Holding {
 public:
  Holding() = default;
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;
  virtual ~Holding() = default;

  /// Announces in place of what it holds. Its states follow, unless the answer is another than
  /// done.
  virtual Answer put(const Announcement& wanted, const InterfaceIndexes& interfaces) = 0;
  /// Of what was put with the same interfaces; nothing else differs.
  virtual Answer update_txt(const Announcement& wanted, const InterfaceIndexes& interfaces) = 0;
  /// Withdraws; another put() may follow.
  virtual Answer clear() = 0;
  /// Withdraws, and leaves nothing behind; it is destroyed next.
  virtual Answer release() = 0;
};

/// For the thread of its io_context. A publisher lends it a way to hold one announcement.
class Registrar {
 public:
  /// Gets the states of a holding; not after the holding is destroyed.
  using StateHandler = std::function<void(State state, std::string detail)>;
  using MakeHolding = std::function<std::unique_ptr<Holding>(StateHandler on_state)>;
  /// Told once, maybe from within a call: the responder does not answer. Drop everything, soon and
  /// not from within.
  using LostHandler = std::function<void(std::string why)>;

  /// How soon an interface that comes, goes, or comes back under another number is noticed.
  static constexpr std::chrono::seconds interface_interval{1};

  /// How often it looks whether there is room for what waits.
  static constexpr std::chrono::milliseconds admission_interval{10};
  /// What waits so long goes on, room or not: nothing waits for ever behind what never ends.
  static constexpr std::chrono::milliseconds longest_wait{1000};
  /// Of Registrar(): as many at once as there are.
  static constexpr std::size_t no_limit = SIZE_MAX;

  /// @param at_once  how many may be registering at a time. Responders whose work grows with the
  ///                 square of what they do at once are done sooner in small portions.
  Registrar(boost::asio::io_context& context, EventHandler on_event, MakeHolding make,
            LostHandler on_lost, std::size_t at_once = no_limit);

  /// As Publisher's functions of the same names.
  void publish(const Announcement& announcement);
  void withdraw(const std::string& key);

  /// Withdraws everything, and says nothing of it: publish() begins anew.
  void clear();
  /// Forgets everything; the responder is asked for nothing.
  void drop();
  /// Asks which interfaces exist, and registers again what is meant for those that changed.
  void check_interfaces();
  /// Calls check_interfaces() again and again until stop().
  void follow_interfaces();
  void stop();

  /// Puts what waits and has room now. Calls itself again until nothing waits.
  void admit();

  std::size_t size() const noexcept { return registrations_.size(); }

 private:
  struct Registration {
    Announcement wanted;
    InterfaceIndexes interfaces;  ///< that it is registered on
    std::unique_ptr<Holding> holding;
    std::optional<State> told;
    bool waiting = false;  ///< for room; nothing of it was put or told yet
  };

  void wait(Registration& registration);
  void admit_later();
  void put(Registration& registration);
  bool update_txt(Registration& registration);
  bool take(Registration& registration, const Answer& answer);
  void lose(const std::string& why);
  void on_state(Registration& registration, State state, std::string detail);
  void tell(Registration& registration, State state, std::string detail);
  void set_told(Registration& registration, std::optional<State> state);
  void forget_waiting();

  EventHandler on_event_;
  MakeHolding make_;
  LostHandler on_lost_;
  std::map<std::string, Registration> registrations_;  // by key
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer admission_;
  std::deque<std::string> waiting_;  ///< keys; those that were withdrawn too
  std::size_t at_once_;
  std::size_t registering_ = 0;
  std::chrono::milliseconds waited_{};  ///< since one was admitted
  bool lost_ = false;
};

}  // namespace srvwarden::daemon
