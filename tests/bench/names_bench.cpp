// Validation of a service type, beside libavahi-common's.
// SPDX-License-Identifier: Apache-2.0
#include <avahi-common/domain.h>
#include <benchmark/benchmark.h>

#include <string>

#include "srvwarden/check.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/service_instance_name.hpp"
#include "srvwarden/service_type.hpp"

namespace {

// Short, usual and longest; the last is wrong at its end.
const std::string types[] = {"_ipp._tcp",           "_http._tcp",
                             "_googlecast._tcp",    "_rmonitor-secure._udp",
                             "_EtherNet-IP-1._tcp", "_abcdefghijklmn-._udp"};

void validate_avahi(benchmark::State& state) {
  const std::string& type = types[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) {
    benchmark::DoNotOptimize(type.data());
    benchmark::DoNotOptimize(avahi_is_valid_service_type_strict(type.c_str()));
  }
}
BENCHMARK(validate_avahi)->DenseRange(0, std::size(types) - 1);

/// The type itself, or what is wrong with it and where.
void parse_srvwarden(benchmark::State& state) {
  const std::string& type = types[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) {
    benchmark::DoNotOptimize(type.data());
    auto result = srvwarden::ServiceType::parse(type);
    benchmark::DoNotOptimize(result);
  }
}
BENCHMARK(parse_srvwarden)->DenseRange(0, std::size(types) - 1);

/// The same question as Avahi's: yes or no.
void validate_srvwarden(benchmark::State& state) {
  const std::string& type = types[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) {
    benchmark::DoNotOptimize(type.data());
    benchmark::DoNotOptimize(srvwarden::ServiceType::is_valid(type));
  }
}
BENCHMARK(validate_srvwarden)->DenseRange(0, std::size(types) - 1);

void parse_full_name(benchmark::State& state) {
  const std::string name = "Dr\\. Pepper._ipp._tcp.local.";
  for (auto _ : state) {
    auto result = srvwarden::ServiceInstanceName::parse(name);
    benchmark::DoNotOptimize(result);
  }
}
BENCHMARK(parse_full_name);

void check_by_every_rule(benchmark::State& state) {
  srvwarden::Checker checker({.registry = &srvwarden::Registry::builtin()});
  const std::string& type = types[static_cast<std::size_t>(state.range(0))];
  for (auto _ : state) {
    benchmark::DoNotOptimize(checker.check(srvwarden::Kind::service_type, type).size());
  }
}
BENCHMARK(check_by_every_rule)->DenseRange(0, std::size(types) - 1);

}  // namespace
