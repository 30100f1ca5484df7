# bare_client, the measure for srvwardend: for the scenarios and for the benchmarks.
# SPDX-License-Identifier: Apache-2.0
include_guard(GLOBAL)
add_executable(bare_client ${CMAKE_CURRENT_LIST_DIR}/bare_client.cpp)
target_link_libraries(bare_client PRIVATE PkgConfig::AVAHI_CLIENT srvwarden_options)
