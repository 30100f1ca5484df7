# Sourced by the scripts: the Debian packages that are needed, and how they get installed.
# SPDX-License-Identifier: Apache-2.0

# The one list. A group may be named in any call of install_packages.
packages_of() {
  case $1 in
    build) echo g++ cmake ninja-build pkg-config ccache libboost-dev libexpat1-dev libutf8proc-dev \
      nlohmann-json3-dev libcli11-dev zlib1g-dev libavahi-client-dev libavahi-core-dev \
      libavahi-common-dev libseccomp-dev libsystemd-dev libcurl4-openssl-dev libsqlite3-dev \
      libtomlplusplus-dev libyaml-cpp-dev ;;
    lab) echo iproute2 tcpdump ;;
    package) echo dpkg-dev init-system-helpers lintian systemd ;;
    boot) echo systemd-container ;;
    test) echo clang libboost-test-dev avahi-daemon dbus openssl patch python3 python3-jsonschema \
      python3-zeroconf tshark zsh fish ;;
    sanitize) echo libclang-rt-dev ;;
    bench) echo clang libbenchmark-dev python3 python3-zeroconf tshark libxml2-utils avahi-daemon dbus \
      iproute2 ;;
    fuzz) echo clang libclang-rt-dev ;;
  esac
}

say() { printf '%s\n' "==> $*"; }
stop() { printf '%s\n' "$0: $*" >&2; exit 1; }

# missing_packages GROUP...: those that are not installed, on one line.
missing_packages() {
  missing=
  for group in "$@"; do
    for package in $(packages_of "$group"); do
      case " $missing " in *" $package "*) continue ;; esac
      [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" = 'ii ' ] ||
        missing="$missing $package"
    done
  done
  printf '%s\n' "${missing# }"
}

# as_root COMMAND...: runs it as root, or fails.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n -- "$@"; fi
}
can_be_root() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

# Without this file a package may start its server, and avahi-daemon would speak on the network.
policy=/usr/sbin/policy-rc.d
hold_servers() {
  [ -e $policy ] && return
  printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
  as_root chmod +x $policy
  trap 'as_root rm -f $policy' EXIT
  trap 'exit 130' HUP INT TERM
}
release_servers() {
  trap - EXIT HUP INT TERM
  as_root rm -f $policy
}

# apt-get's many lines as a few. Its status is kept.
quiet_apt() {
  log=$(mktemp)
  { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" 2>&1 </dev/null
    echo "status $?"; } | tee "$log" | awk '
      /^Setting up/ && ++n % 20 == 0 { print "    " n " packages set up"; fflush() }
      /^[EW]: / { print "    " $0; fflush() }'
  status=$(sed -n '$s/^status //p' "$log")
  [ "$status" = 0 ] || tail -n 15 "$log" >&2
  rm -f "$log"
  return "${status:-1}"
}

# install_packages GROUP...: installs what is missing, starts no server.
install_packages() {
  wanted=$(missing_packages "$@")
  [ -n "$wanted" ] || return 0
  command -v apt-get >/dev/null || stop "not Debian; please install what stands for: $wanted"
  can_be_root || stop "neither root nor sudo without a password: run sudo -v first, or install $wanted"
  say "installing, with what they need: $wanted"
  if [ -e $policy ]; then held=; else held=yes; hold_servers; fi
  # shellcheck disable=SC2086
  quiet_apt --no-install-recommends install $wanted ||
    { say "updating the list of packages first"
      quiet_apt update && quiet_apt --no-install-recommends install $wanted; } ||
    stop "apt-get could not install: $wanted"
  [ -z "$held" ] || release_servers
}
