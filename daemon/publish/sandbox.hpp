// The sandbox: what a process that reads packets from strangers gives up before it reads any.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <system_error>

namespace srvwarden::daemon {

/// Descriptors that a responder may have: a handful of sockets, and two for each that it watches.
inline constexpr std::size_t sandbox_descriptors = 64;
/// Bytes of data beyond what the process has when it enters: about 50 KiB for each of 10,000
/// services.
inline constexpr std::size_t sandbox_data = std::size_t{512} << 20;

/// Sets limits, and gives up every way to new privileges: no core file, no process of its own, so
/// many descriptors, so much memory. None of it can be undone.
///
/// @return  the first failure; what could be given up is given up all the same.
std::error_code limit_process();

/// Leaves only the system calls that a responder needs: UDP and netlink sockets, waiting, time,
/// memory that is not executable, files for reading.
///
/// What nothing but an intruder would ask for (another program, another process's memory, another
/// namespace) ends the process: its parent sees why and starts another. All else fails as if the
/// kernel did not know it (ENOSYS), so that a libc that learns a new call falls back to the old.
///
/// @return  why there is no filter: a kernel without seccomp, for one.
std::error_code filter_system_calls();

}  // namespace srvwarden::daemon
