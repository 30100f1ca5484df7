# Makes a source of the page's style and script, with the hashes that its policy names:
# cmake -DSTYLE=page.css -DSCRIPT=page.js -DOUT=page.cpp -P embed.cmake
# SPDX-License-Identifier: Apache-2.0
cmake_minimum_required(VERSION 3.25)
set(base64_digits ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)

# The SHA-256 of a file in base64: of each three hexadecimal digits two characters.
function(hash_of file out)
  file(SHA256 ${file} hex)
  set(text "")
  foreach(at RANGE 0 60 3)
    string(SUBSTRING ${hex} ${at} 3 digits)
    math(EXPR high "0x${digits} >> 6")
    math(EXPR low "0x${digits} & 63")
    string(SUBSTRING ${base64_digits} ${high} 1 first)
    string(SUBSTRING ${base64_digits} ${low} 1 second)
    string(APPEND text ${first}${second})
  endforeach()
  string(SUBSTRING ${hex} 63 1 digit)  # four bits are left
  math(EXPR last "0x${digit} << 2")
  string(SUBSTRING ${base64_digits} ${last} 1 first)
  set(${out} "sha256-${text}${first}=" PARENT_SCOPE)
endfunction()

# A raw literal must end before compilers' limits do.
function(append_constant name file)
  file(READ ${file} content)
  string(FIND "${content}" ")page\"" end)
  string(LENGTH "${content}" size)
  if(NOT end EQUAL -1 OR size GREATER 60000)
    message(FATAL_ERROR "${file} cannot be a literal")
  endif()
  hash_of(${file} hash)
  file(APPEND ${OUT} "const std::string_view ${name} = R\"page(${content})page\";\n"
    "const std::string_view ${name}_hash = \"${hash}\";\n")
endfunction()

file(WRITE ${OUT} "// Made by embed.cmake.\n#include \"report/html/page.hpp\"\n\nnamespace srvwarden::report {\n")
append_constant(page_style ${STYLE})
append_constant(page_script ${SCRIPT})
file(APPEND ${OUT} "}  // namespace srvwarden::report\n")
