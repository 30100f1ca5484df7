// AvahiPublisher: plain values go from thread to thread, nothing else.
// SPDX-License-Identifier: Apache-2.0
#include "publish/avahi_publisher.hpp"

#include <signal.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <thread>
#include <utility>

#include "publish/client_publisher.hpp"

namespace srvwarden::daemon {

namespace asio = boost::asio;

/// All that the thread uses; it lives until both the thread and the AvahiPublisher are done.
struct AvahiPublisher::Worker {
  Worker(asio::io_context& main_context, std::weak_ptr<EventHandler> handler)
      : main(main_context), listener(std::move(handler)) {}

  void forward(Event event) {
    const bool last = std::holds_alternative<Stopped>(event);
    asio::post(main, [to = listener, event = std::move(event)] {
      if (const auto handler = to.lock()) (*handler)(event);
    });
    if (!last) return;
    done = true;
    guard.reset();
  }

  template <class Task>
  void post(Task task) {
    asio::post(context, [this, task = std::move(task)] { task(publisher); });
  }

  asio::io_context& main;
  const std::weak_ptr<EventHandler> listener;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(context);
  ClientPublisher publisher{context, [this](Event event) { forward(std::move(event)); }};
  std::thread thread;
  std::atomic<bool> done = false;
};

AvahiPublisher::AvahiPublisher(asio::io_context& main, EventHandler on_event)
    : on_event_(std::make_shared<EventHandler>(std::move(on_event))),
      worker_(std::make_shared<Worker>(main, on_event_)) {}

AvahiPublisher::~AvahiPublisher() {
  if (!worker_->thread.joinable()) return;
  if (worker_->done) {
    worker_->thread.join();  // nothing is left there that blocks
  } else {
    worker_->thread.detach();
  }
}

void AvahiPublisher::start() {
  worker_->post([](Publisher& publisher) { publisher.start(); });
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);  // signals are the main loop's
  worker_->thread = std::thread([worker = worker_] { worker->context.run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void AvahiPublisher::publish(const Announcement& announcement) {
  worker_->post([announcement](Publisher& publisher) { publisher.publish(announcement); });
}

void AvahiPublisher::withdraw(const std::string& key) {
  worker_->post([key](Publisher& publisher) { publisher.withdraw(key); });
}

void AvahiPublisher::stop() {
  worker_->post([](Publisher& publisher) { publisher.stop(); });
}

}  // namespace srvwarden::daemon
