// ControlClient: asks srvwardend over its control socket.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace srvwarden::tool {

/// Why there is no connection.
enum class NoDaemon : std::uint8_t {
  absent,     ///< no socket, or nobody listens on it
  forbidden,  ///< this user may not connect
  broken,     ///< something else
};

/// Waits no longer than is said for anything. After a failure, `trouble()` has it in words.
class ControlClient {
 public:
  static constexpr std::chrono::seconds answers_within{10};

  ControlClient() = default;
  ControlClient(const ControlClient&) = delete;
  ControlClient& operator=(const ControlClient&) = delete;
  ~ControlClient();

  /// @return  nothing where it is connected.
  std::optional<NoDaemon> connect(const std::string& path);
  /// Sends a request and waits for its answer.
  std::optional<nlohmann::json> ask(nlohmann::json request);
  /// The next line, if one comes in time; nothing with empty trouble() where none did.
  std::optional<nlohmann::json> next(std::chrono::milliseconds within);
  /// Whether a line is there already, so that polling the descriptor would miss it.
  bool has_line() const { return input_.find('\n') != std::string::npos; }
  int descriptor() const noexcept { return fd_; }
  const std::string& trouble() const noexcept { return trouble_; }

 private:
  bool send(const std::string& line);
  bool fill(std::chrono::steady_clock::time_point until);
  void close();

  int fd_ = -1;
  int last_id_ = 0;
  std::string input_;
  std::string trouble_;
};

/// --socket, $SRVWARDEN_CONTROL or the usual path.
class SocketChoice {
 public:
  static std::shared_ptr<SocketChoice> add_to(CLI::App& command);
  const std::string& path() const noexcept { return path_; }
  /// What to say where nobody answers: which socket, why, how to mend it.
  std::string words_for(NoDaemon why, const std::string& trouble) const;

 private:
  std::string path_;
};

}  // namespace srvwarden::tool
