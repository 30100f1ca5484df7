# The Debian packages srvwarden and srvwardend, made by CPack: see tests/package/deb.
# SPDX-License-Identifier: Apache-2.0
set(SRVWARDEN_PACKAGE_CONTACT "srvwarden maintainers <maintainers@srvwarden.example>"
  CACHE STRING "Who maintains the packages: name and address")
set(debian ${CMAKE_CURRENT_SOURCE_DIR}/debian)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_PACKAGE_CONTACT "${SRVWARDEN_PACKAGE_CONTACT}")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
  GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_COMPONENTS_ALL srvwarden)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_SRVWARDEN_PACKAGE_NAME srvwarden)
set(CPACK_DEBIAN_SRVWARDEN_PACKAGE_SECTION net)
set(CPACK_COMPONENT_SRVWARDEN_DESCRIPTION
"checker of DNS-SD service names and definitions
srvwarden tells what is wrong with DNS-SD and mDNS service names, instances,
TXT records and the files that declare them, where and why: by the RFCs 6335,
6763 and 6762 and by IANA's registry. It audits what a network announces.

The package has the command, and the C++ library with its headers.")
# The command loads libcurl for `registry update`; the others are for who links the library.
set(CPACK_DEBIAN_SRVWARDEN_PACKAGE_RECOMMENDS "libcurl4 | libcurl3-gnutls")
set(CPACK_DEBIAN_SRVWARDEN_PACKAGE_SUGGESTS
  "srvwardend, libexpat1-dev, libutf8proc-dev, libyaml-cpp-dev")

if(SRVWARDEN_DAEMON)
  list(APPEND CPACK_COMPONENTS_ALL srvwardend)
  set(CPACK_DEBIAN_SRVWARDEND_PACKAGE_NAME srvwardend)
  set(CPACK_DEBIAN_SRVWARDEND_PACKAGE_SECTION net)
  set(CPACK_COMPONENT_SRVWARDEND_DESCRIPTION
"announcer of checked DNS-SD service definitions
srvwardend reads Avahi's .service and systemd's .dnssd files, refuses what is
wrong with line and column, and announces the rest by multicast DNS, through
avahi-daemon or by itself. It listens for its own announcements, and can
withdraw a service while it is not healthy.")
  set(CPACK_DEBIAN_SRVWARDEND_PACKAGE_DEPENDS
    "systemd | systemd-standalone-sysusers, init-system-helpers (>= 1.65.2~)")
  # It loads libcurl where a webhook is configured.
  set(CPACK_DEBIAN_SRVWARDEND_PACKAGE_RECOMMENDS "srvwarden, libcurl4 | libcurl3-gnutls")
  set(CPACK_DEBIAN_SRVWARDEND_PACKAGE_SUGGESTS avahi-daemon)
  set(CPACK_DEBIAN_SRVWARDEND_PACKAGE_CONTROL_EXTRA ${debian}/conffiles ${debian}/postinst
    ${debian}/prerm ${debian}/postrm)
endif()

# What Debian wants of each package, done where CPack has gathered the files.
configure_file(${debian}/changelog.in changelog @ONLY)
configure_file(${debian}/finish.cmake.in finish.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_BINARY_DIR}/finish.cmake)
include(CPack)
