// Tests of the decoders of binary TXT values.
// SPDX-License-Identifier: Apache-2.0
#include "definition/decode.hpp"

#include <boost/test/unit_test.hpp>

namespace srvwarden::definition {

BOOST_AUTO_TEST_SUITE(decode)

BOOST_AUTO_TEST_CASE(takes_hexadecimal_pairs_alone) {
  BOOST_TEST(decode_hex("76616c7565").value() == "value");
  BOOST_TEST(decode_hex("fFAa").value() == "\xFF\xAA");
  BOOST_TEST(decode_hex("").value() == "");
  for (const auto bad : {"0", "0x41", "4 1", "4g", "41 "}) BOOST_TEST(!decode_hex(bad), bad);
}

BOOST_AUTO_TEST_CASE(takes_padded_base64_alone) {
  BOOST_TEST(decode_base64("dmFsdWU=").value() == "value");
  BOOST_TEST(decode_base64("dmFsdQ==").value() == "valu");
  BOOST_TEST(decode_base64("dmFsdWUx").value() == "value1");
  BOOST_TEST(decode_base64("").value() == "");
  for (const auto bad : {"dmFsdWU", "dm=sdWU=", "dmFs dWU", "====", "d===", "dm-_"}) {
    BOOST_TEST(!decode_base64(bad), bad);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden::definition
