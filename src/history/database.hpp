// Database: SQLite with values that are always bound, statements that end themselves, and faults.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace srvwarden::history {

/// What SQLite refuses, in words fit for a message. Never leaves this folder: see store.hpp.
class DatabaseFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds all parameters, from the first on. Texts must outlive the last step().
  template <class... Values>
  Statement& with(const Values&... values) {
    reset();
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }

  /// Whether there is a row more.
  bool step();
  /// For statements that give no row.
  void run() {
    while (step()) {
    }
  }

  std::int64_t number(int column) const;
  /// Lives until the next step.
  std::string_view text(int column) const;

 private:
  void reset();
  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view value);

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

class Database {
 public:
  enum class Mode : bool { read, write };

  /// Opens a file; in write mode makes one where there is none.
  Database(const std::string& path, Mode mode, std::chrono::milliseconds busy);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs statements that have no parameters.
  void run(const std::string& sql);
  /// The first column of the first row; 0 without one.
  std::int64_t number(std::string_view sql);
  Statement prepare(std::string_view sql) { return {handle_, sql}; }
  std::int64_t last_id() const;

 private:
  void open(const std::string& path, int flags, std::chrono::milliseconds busy);
  void close() noexcept;
  bool can_read() noexcept;

  sqlite3* handle_ = nullptr;
};

/// Changes that become true together with commit(), or not at all.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {
    database.run("BEGIN IMMEDIATE");
  }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    database_.run("COMMIT");
    done_ = true;
  }

 private:
  Database& database_;
  bool done_ = false;
};

}  // namespace srvwarden::history
