// SQLite's C interface, called so that a file from anywhere can do no harm.
// SPDX-License-Identifier: Apache-2.0
#include "history/database.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <cstring>

#include "core/concat.hpp"

namespace srvwarden::history {

namespace {

std::string words_for(sqlite3* database, int code) {
  const int system = database == nullptr ? 0 : sqlite3_system_errno(database);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program has locked it";
    case SQLITE_READONLY:
      return "it cannot be written to";
    case SQLITE_FULL:
      return "there is no room left, on the disk or within its greatest size";
    case SQLITE_NOTADB:
      return "it is no SQLite database";
    case SQLITE_CORRUPT:
      return concat({"it is damaged: ", sqlite3_errmsg(database)});
    case SQLITE_CANTOPEN:
      return system == 0 ? "it cannot be opened" : std::strerror(system);
    default:
      return database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
  }
}

[[noreturn]] void fail(sqlite3* database, int code) {
  throw DatabaseFault(words_for(database, code));
}

/// A path as a URI's, every octet but letters and digits and "/" escaped.
std::string uri_of(const std::string& path) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "file:";
  for (const char c : path) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/';
    if (plain) {
      out += c;
    } else {
      out.append({'%', digits[octet >> 4], digits[octet & 15]});
    }
  }
  return out;
}

/// SQLite gives ":memory:" a meaning of its own.
std::string as_file(const std::string& path) { return path.starts_with(':') ? "./" + path : path; }

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
  const int code =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr);
  if (code != SQLITE_OK) fail(database, code);
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Statement::bind(int index, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, index, value); code != SQLITE_OK) {
    fail(database_, code);
  }
}

void Statement::bind(int index, std::string_view value) {
  const char* const text = value.data() == nullptr ? "" : value.data();
  const int code =
      sqlite3_bind_text(statement_, index, text, static_cast<int>(value.size()), SQLITE_STATIC);
  if (code != SQLITE_OK) fail(database_, code);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  const std::string words = words_for(database_, code);  // a reset may forget them
  sqlite3_reset(statement_);
  throw DatabaseFault(words);
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::text(int column) const {
  const auto* const text = sqlite3_column_text(statement_, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Database::Database(const std::string& path, Mode mode, std::chrono::milliseconds busy) {
  const std::string file = as_file(path);
  if (mode == Mode::write) {
    open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busy);
    return;
  }
  open(file, SQLITE_OPEN_READONLY, busy);
  // Whoever may not write to the folder cannot make the index of the log that readers share. Where
  // there is no log, nobody writes, and it can be read as it is.
  struct stat log = {};
  if (can_read() || ::stat((file + "-wal").c_str(), &log) == 0) return;
  close();
  open(uri_of(file) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy);
}

Database::~Database() { close(); }

void Database::open(const std::string& path, int flags, std::chrono::milliseconds busy) {
  const int code = sqlite3_open_v2(path.c_str(), &handle_,
                                   flags | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) {
    const std::string words = words_for(handle_, code);
    close();
    throw DatabaseFault(words);
  }
  sqlite3_busy_timeout(handle_, static_cast<int>(busy.count()));
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  run("PRAGMA cell_size_check = ON");
}

void Database::close() noexcept {
  sqlite3_close(handle_);
  handle_ = nullptr;
}

bool Database::can_read() noexcept {
  const int code = sqlite3_exec(handle_, "PRAGMA schema_version", nullptr, nullptr, nullptr);
  return (code & 0xFF) != SQLITE_CANTOPEN;
}

void Database::run(const std::string& sql) {
  if (const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
      code != SQLITE_OK) {
    fail(handle_, code);
  }
}

std::int64_t Database::number(std::string_view sql) {
  Statement statement(handle_, sql);
  return statement.step() ? statement.number(0) : 0;
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_); }

Transaction::~Transaction() {
  if (done_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const DatabaseFault&) {  // SQLite rolled it back by itself
  }
}

}  // namespace srvwarden::history
