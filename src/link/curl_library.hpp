// libcurl, loaded when it is first needed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

namespace srvwarden::link {

/// The functions of libcurl that we call. A program that is linked with libcurl loads some thirty
/// libraries at its start, which takes longer than most of what srvwarden does.
struct CurlLibrary {
  decltype(&::curl_easy_init) init;
  decltype(&::curl_easy_setopt) setopt;
  decltype(&::curl_easy_perform) perform;
  decltype(&::curl_easy_getinfo) getinfo;
  decltype(&::curl_easy_cleanup) cleanup;
  decltype(&::curl_easy_strerror) strerror;
  decltype(&::curl_slist_append) append;
  decltype(&::curl_slist_free_all) free_all;

  /// The library, ready for use; or null where it is not installed.
  static const CurlLibrary* load();
};

}  // namespace srvwarden::link
