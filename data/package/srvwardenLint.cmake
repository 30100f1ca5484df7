# Functions for projects that declare services: srvwarden_lint checks files whenever they change,
# srvwarden_check_types holds names in the build's own files to the rules.
# SPDX-License-Identifier: Apache-2.0

# srvwarden_lint(NAME FILES FILE|FOLDER... [OPTIONS OPTION...])
#
# Adds a target NAME, part of ALL, that runs `srvwarden lint` with the options on the files, and fails
# where it does. Files are taken from the source folder, and may be made by the build. Of a folder, all
# files are taken. What did not change since it passed is not read again.
function(srvwarden_lint name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FILES;OPTIONS")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_FILES)
    message(FATAL_ERROR "srvwarden_lint(${name}): needs FILES and their names, "
      "then OPTIONS if any; not ${arg_UNPARSED_ARGUMENTS}")
  endif()
  _srvwarden_need_tool("srvwarden_lint(${name})")
  set(files "")
  foreach(file IN LISTS arg_FILES)
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    if(IS_DIRECTORY ${file})
      file(GLOB_RECURSE below LIST_DIRECTORIES false CONFIGURE_DEPENDS ${file}/*)
      list(APPEND files ${below})
    else()
      list(APPEND files ${file})
    endif()
  endforeach()
  _srvwarden_lint_commands(stamps)
  add_custom_target(${name} ALL DEPENDS ${stamps})
endfunction()

# A command for some files each: a shell's line is limited, and they run beside one another.
macro(_srvwarden_lint_commands stamps)
  set(${stamps} "")
  set(at 0)
  list(LENGTH files count)
  while(at LESS count)
    list(SUBLIST files ${at} 50 some)
    set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${name}.${at}.linted)
    add_custom_command(OUTPUT ${stamp}
      COMMAND srvwarden::tool lint --quiet ${arg_OPTIONS} -- ${some}
      COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
      DEPENDS ${some} srvwarden::tool
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
      COMMENT "Linting services of ${name}"
      VERBATIM)
    list(APPEND ${stamps} ${stamp})
    math(EXPR at "${at} + 50")
  endwhile()
endmacro()

# srvwarden_check_types(TARGET TYPE... [OPTIONS OPTION...])
#
# Checks the service types ("_ipp._tcp") that the target announces or looks for, while CMake configures:
# a wrong one stops it with what `srvwarden check` says, a doubtful one is a warning. The target's
# property SRVWARDEN_SERVICE_TYPES lists them all, for files that are made from it.
function(srvwarden_check_types target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "OPTIONS")
  set(types ${arg_UNPARSED_ARGUMENTS})
  if(NOT TARGET ${target} OR NOT types)
    message(FATAL_ERROR "srvwarden_check_types(${target}): needs a target, then service types")
  endif()
  _srvwarden_need_tool("srvwarden_check_types(${target})")
  get_target_property(tool srvwarden::tool LOCATION)
  execute_process(
    COMMAND ${tool} check --as service-type --quiet ${arg_OPTIONS} -- ${types}
    OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "srvwarden_check_types(${target}):\n${said}")
  elseif(said)
    message(WARNING "srvwarden_check_types(${target}):\n${said}")
  endif()
  set_property(TARGET ${target} APPEND PROPERTY SRVWARDEN_SERVICE_TYPES ${types})
endfunction()

function(_srvwarden_need_tool caller)
  if(NOT TARGET srvwarden::tool)
    message(FATAL_ERROR "${caller}: the srvwarden that was found was installed without its command "
      "line; build it with SRVWARDEN_TOOL=ON")
  endif()
endfunction()
