// What a packet costs: decoding, the whole audit, and the same capture through tshark.
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "link/capture.hpp"
#include "rules/audit.hpp"
#include "srvwarden/mdns_writer.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

using Octets = std::vector<std::uint8_t>;

/// An announcement of one service: PTR, SRV, TXT, A and NSEC, compressed.
Octets announcement(std::size_t number) {
  const std::string host_label = "host-" + std::to_string(number);
  const std::string label = "Web server of host " + std::to_string(number);
  const std::string type = wire::make_name({"_http", "_tcp", "local"});
  const std::string instance = wire::make_name({label, "_http", "_tcp", "local"});
  const std::string host = wire::make_name({host_label, "local"});
  const wire::NameView instance_name(instance);
  const wire::NameView host_name(host);
  const Octets srv = {0, 0, 0, 0, 0, 80};
  const Octets txt = {6, 'p', 'a', 't', 'h', '=', '/'};
  const Octets address = {10, 77, static_cast<std::uint8_t>(number >> 8),
                          static_cast<std::uint8_t>(number | 1)};
  const Octets bitmap = {0, 1, 0x40};
  wire::MessageWriter writer(0x8400);
  const auto add = [&](wire::NameView owner, wire::Type kind, std::uint16_t group,
                       std::uint32_t ttl, wire::Bytes before, const wire::NameView* name = nullptr,
                       wire::Bytes after = {}) {
    writer.record(wire::Section::answer, owner, kind, group, ttl, before, name, after);
  };
  add(wire::NameView(type), wire::Type::ptr, 0x0001, 4500, {}, &instance_name);
  add(instance_name, wire::Type::srv, 0x8001, 120, srv, &host_name);
  add(instance_name, wire::Type::txt, 0x8001, 4500, txt);
  add(host_name, wire::Type::a, 0x8001, 120, address);
  add(host_name, wire::Type::nsec, 0x8001, 120, {}, &host_name, bitmap);
  return std::move(writer).take();
}

constexpr std::size_t hosts = 200;
constexpr std::size_t packets = 30'000;

void put(Octets& out, std::initializer_list<unsigned> octets) {
  for (const unsigned octet : octets) out.push_back(static_cast<std::uint8_t>(octet));
}
void put_little(Octets& out, std::size_t value) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i));
}

Octets frame(const Octets& payload) {
  const auto high = [](std::size_t value) { return static_cast<unsigned>(value >> 8 & 0xFF); };
  const auto low = [](std::size_t value) { return static_cast<unsigned>(value & 0xFF); };
  const std::size_t udp = payload.size() + 8;
  const std::size_t ip = udp + 20;
  Octets out;
  put(out, {1, 0, 0x5E, 0, 0, 0xFB, 2, 0, 0, 0, 0, 1, 8, 0});
  put(out, {0x45, 0, high(ip), low(ip), 0, 0, 0, 0, 255, 17, 0, 0, 10, 77, 0, 1, 224, 0, 0, 251});
  put(out, {0x14, 0xE9, 0x14, 0xE9, high(udp), low(udp), 0, 0});
  out.insert(out.end(), payload.begin(), payload.end());
  return out;
}

/// A capture of 30,000 announcements, written once and removed at the end.
struct CaptureFile {
  CaptureFile() : path(std::filesystem::temp_directory_path() / "srvwarden-bench.pcap") {
    Octets out;
    put(out, {0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0});
    for (std::size_t i = 0; i < packets; ++i) {
      const Octets octets = frame(announcement(i % hosts));
      put_little(out, 1'700'000'000 + i / hosts);
      put_little(out, i % hosts * 1000);
      put_little(out, octets.size());
      put_little(out, octets.size());
      out.insert(out.end(), octets.begin(), octets.end());
    }
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(out.data()), static_cast<std::streamsize>(out.size()));
  }
  ~CaptureFile() { std::filesystem::remove(path); }
  CaptureFile(const CaptureFile&) = delete;
  CaptureFile& operator=(const CaptureFile&) = delete;

  std::filesystem::path path;
};

const std::string& capture_path() {
  static const CaptureFile file;
  static const std::string path = file.path.string();
  return path;
}

void decode_packet(benchmark::State& state) {
  wire::Decoder decoder;
  const Octets packet = announcement(7);
  for (auto _ : state) benchmark::DoNotOptimize(decoder.decode(packet).records.size());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode_packet);

void audit_packet(benchmark::State& state) {
  std::vector<Octets> payloads;
  for (std::size_t i = 0; i < hosts; ++i) payloads.push_back(announcement(i));
  rules::Auditor auditor({.registry = &Registry::builtin()});
  wire::Packet packet;
  packet.source = {*wire::Address::parse("10.77.0.1"), wire::mdns_port};
  packet.destination = {wire::mdns_group_ipv4(), wire::mdns_port};
  packet.ttl = 255;
  for (auto _ : state) {
    packet.payload = payloads[packet.number++ % hosts];
    auditor.add(packet);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(audit_packet);

void audit_capture(benchmark::State& state) {
  for (auto _ : state) {
    link::LinkError error;
    auto capture = link::Capture::open(capture_path(), error);
    rules::Auditor auditor({.registry = &Registry::builtin()});
    while (const auto packet = capture->next()) auditor.add(*packet);
    const auto result = auditor.result();
    if (result.instances.size() != hosts) state.SkipWithError("instances are missing");
  }
  state.SetItemsProcessed(state.iterations() * packets);
}
BENCHMARK(audit_capture)->Unit(benchmark::kMillisecond);

void tshark_capture(benchmark::State& state) {
  const std::string command = "tshark -r " + capture_path() +
                              " -Y mdns -T fields -e dns.resp.name -e dns.resp.type "
                              "-e dns.srv.target >/dev/null 2>&1";
  for (auto _ : state) {
    if (std::system(command.c_str()) != 0) state.SkipWithError("tshark does not run");
  }
  state.SetItemsProcessed(state.iterations() * packets);
}
BENCHMARK(tshark_capture)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace
