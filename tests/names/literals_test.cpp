// Literals: what compiles, and what it is worth at compile time.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/literals.hpp"

#include <boost/test/unit_test.hpp>

#include "srvwarden/registered.hpp"

using namespace srvwarden::literals;
using srvwarden::is_registered;

static_assert("_ipp._tcp"_service_type.name() == "ipp"_service_name);
static_assert("_IPP._TCP"_service_type == "_ipp._tcp"_service_type);
static_assert("_printer._sub._ipp._tcp"_service_subtype.identifier() == "_printer");
static_assert("_ipp._tcp.local."_browse_name.type() == "_ipp._tcp"_service_type);
static_assert("Dr. Pepper"_instance_name.text().size() == 10);
static_assert("Dr\\. Pepper._ipp._tcp.local."_service_instance_name.instance() ==
              "Dr. Pepper"_instance_name);
static_assert("local."_domain_name == "LOCAL"_domain_name);
static_assert("printer.local."_host_name.name() == "printer.local"_domain_name);
static_assert("path=/"_txt.value() == "/");
static_assert("0 0 631 printer.local."_srv.port == 631);

static_assert(is_registered("_ipp._tcp"_service_type));
static_assert(is_registered("_IPP._TCP"_service_type));
static_assert(is_registered("ipp"_service_name));
static_assert(!is_registered("_acme-widget._tcp"_service_type));
static_assert(!is_registered("_login._udp"_service_type));      // registered for tcp alone
static_assert(is_registered("_s1-control._udp"_service_type));  // for sctp
static_assert(!is_registered("_s1-control._tcp"_service_type));
static_assert(is_registered("_raop._tcp"_service_type));  // without a transport
static_assert(is_registered("_1ci-smcs._tcp"_service_type) &&
              is_registered("_zymed-zpp._tcp"_service_type));

BOOST_AUTO_TEST_CASE(literals_are_the_values_of_run_time) {
  BOOST_TEST(("_ipp._tcp"_service_type == *srvwarden::ServiceType::parse("_ipp._tcp")));
  BOOST_TEST("_ipp._tcp"_service_type.text() == "_ipp._tcp");
}
