// Loading libcurl.
// SPDX-License-Identifier: Apache-2.0
#include "link/curl_library.hpp"

#include <dlfcn.h>

#include <optional>

namespace srvwarden::link {
namespace {

/// The one that is named for its interface, whichever TLS it has, and Debian's with GnuTLS.
void* open_library() {
  for (const char* name : {"libcurl.so.4", "libcurl-gnutls.so.4"}) {
    if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL)) return library;
  }
  return nullptr;
}

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

std::optional<CurlLibrary> load_once() {
  void* const library = open_library();
  if (library == nullptr) return {};
  CurlLibrary curl = {};
  decltype(&::curl_global_init) start = nullptr;
  const bool complete = find(library, "curl_global_init", start) &&
                        find(library, "curl_easy_init", curl.init) &&
                        find(library, "curl_easy_setopt", curl.setopt) &&
                        find(library, "curl_easy_perform", curl.perform) &&
                        find(library, "curl_easy_getinfo", curl.getinfo) &&
                        find(library, "curl_easy_cleanup", curl.cleanup) &&
                        find(library, "curl_easy_strerror", curl.strerror) &&
                        find(library, "curl_slist_append", curl.append) &&
                        find(library, "curl_slist_free_all", curl.free_all);
  if (!complete || start(CURL_GLOBAL_DEFAULT) != CURLE_OK) return {};
  return curl;
}

}  // namespace

const CurlLibrary* CurlLibrary::load() {
  static const std::optional<CurlLibrary> curl = load_once();
  return curl ? &*curl : nullptr;
}

}  // namespace srvwarden::link
