// A small file in each form of IANA's registry: the same rows, with lines that span and merge.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace registry_tests {

inline constexpr std::string_view small_xml = R"(<?xml version='1.0' encoding='UTF-8'?>
<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
  <title>A Registry</title>
  <updated>2026-01-02</updated>
  <record date="2001-02-03" updated="2004-05">
    <name>hammer</name>
    <protocol>tcp</protocol>
    <assignee><xref type="person" data="C"/></assignee>
    <xref type="person" data="A_B"/>
    <description>Hammer &amp; anvil</description>
    <number>40</number>
    <xref type="rfc" data="rfc1"/>
  </record>
  <record>
    <name>anvil_set</name>
    <protocol>udp</protocol>
    <description>Anvil</description>
    <number>41</number>
    <note>This entry is an alias to "hammer".<br/>
This entry is now historic.</note>
  </record>
  <record><description>Unassigned</description><number>42-49</number></record>
  <people><person id="A_B"><name>A B</name></person><person id="C"/></people>
</registry>
)";

inline constexpr std::string_view small_xhtml = R"(<?xml version="1.0"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/xhtml1-strict.dtd">
<html><body><dl><dt>Last Updated</dt><dd>2026-01-02</dd></dl>
<table><thead><tr><th>Service Name</th><th>Port Number</th><th>Transport Protocol</th>
<th>Description</th><th>Assignee</th><th>Contact</th><th>Registration Date</th>
<th>Modification Date</th><th>Reference</th><th>Service Code</th>
<th>Unauthorized Use Reported</th><th>Assignment Notes</th></tr></thead><tbody>
<tr><td>hammer</td><td align="center">40</td><td>tcp</td><td>Hammer &amp; anvil</td>
<td>[<a href="#C">C</a>]</td><td>[<a href="#A_B">A_B</a>]</td><td>2001-02-03</td><td>2004-05</td>
<td>[<a href="x">RFC1</a>]</td><td/><td/><td/></tr>
<tr><td>anvil_set</td><td>41</td><td>udp</td><td>Anvil</td><td/><td/><td/><td/><td/><td/><td/>
<td>This entry is an alias to "hammer".<br />
This entry is now historic.</td></tr>
<tr><td/><td>42-49</td><td/><td>Unassigned</td><td/><td/><td/><td/><td/><td/><td/><td/></tr>
</tbody></table><table><tr><th>ID</th></tr><tr><td>[A_B]</td></tr><tr><td>[C]</td></tr></table>
</body></html>
)";

inline constexpr std::string_view small_text =
    R"(Internet Assigned Numbers Authority

Last Updated
        2026-01-02

Service Name  Port Number Transport  Description   Assignee  Contact  Registration Modification Reference Service Unauthorized Assignment Notes
                          Protocol                                        Date         Date                Code   Use Reported
hammer            40         tcp    Hammer &      [C]        [A_B]    2001-02-03   2004-05      [RFC1]
                                    anvil
                                                                                                                               This entry is an
anvil_set         41         udp    Anvil                                                                                      alias to "hammer".
                                                                                                                               It is historic.
                 42-49              Unassigned

     Contact Information

 ID     Name
[A_B]   A B
[C]     C

Licensing Terms
)";

inline constexpr std::string_view small_page = R"(A Registry

Last Updated
2026-01-02
Service Name Port Number Transport Protocol Description Assignee Contact Registration Date Modification Date Reference Service Code Unauthorized Use Reported Assignment Notes
hammer 40 tcp Hammer & anvil [C] [A_B] 2001-02-03 2004-05 [RFC1]
anvil_set 41 udp Anvil This entry is an alias to "hammer". This entry is now historic.
42-49 Unassigned

Contact Information

ID Name
[A_B] A B
[C] C
)";

inline constexpr std::string_view small_markdown = R"(A Registry
- Last Updated
- 2026-01-02

| Service Name | Port Number | Transport Protocol | Description | Assignee | Contact | Registration Date | Modification Date | Reference | Service Code | Unauthorized Use Reported | Assignment Notes |
|---|---|---|---|---|---|---|---|---|---|---|---|
| hammer | 40 | tcp | Hammer & anvil | [C] | [A_B] | 2001-02-03 | 2004-05 | [RFC1] | |||
| anvil_set | 41 | udp | Anvil | This entry is an alias to "hammer". This entry is now historic. | |||||||
| 42-49 | Unassigned | ||||||||||
Contact Information
| ID | Name |
|---|---|
| [A_B] | A B |
| [C] | C |
)";

struct SmallFile {
  std::string_view format;
  std::string_view text;
};

inline constexpr std::array<SmallFile, 5> small_files = {{
    {"xml", small_xml},
    {"xhtml", small_xhtml},
    {"text", small_text},
    {"page", small_page},
    {"markdown", small_markdown},
}};

}  // namespace registry_tests
