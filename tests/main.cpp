// The main function of each Boost.Test program.
// SPDX-License-Identifier: Apache-2.0
#define BOOST_TEST_MODULE srvwarden
#include <boost/test/unit_test.hpp>
