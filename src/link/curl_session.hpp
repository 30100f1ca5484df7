// CurlSession: one request, as libcurl has it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <new>
#include <string>

#include "link/curl_library.hpp"

namespace srvwarden::link {

/// Owns libcurl's handle and the request's headers.
class CurlSession {
 public:
  explicit CurlSession(const CurlLibrary& curl) : curl_(curl), handle_(curl.init()) {
    if (handle_ == nullptr) throw std::bad_alloc();
  }
  CurlSession(const CurlSession&) = delete;
  CurlSession& operator=(const CurlSession&) = delete;
  ~CurlSession() {
    curl_.cleanup(handle_);
    curl_.free_all(headers_);
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_.setopt(handle_, option, value);
  }

  void add_header(const std::string& line) {
    curl_slist* const longer = curl_.append(headers_, line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    headers_ = longer;
    set(CURLOPT_HTTPHEADER, headers_);
  }

  CURLcode perform() { return curl_.perform(handle_); }

  /// Of the last answer, as HTTP has it; 0 without one.
  long status() {
    long status = 0;
    curl_.getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    return status;
  }

 private:
  const CurlLibrary& curl_;
  CURL* handle_;
  curl_slist* headers_ = nullptr;
};

}  // namespace srvwarden::link
