# SPDX-License-Identifier: MIT
# winrt_add_script_tests(<area> <name> <script> [PROGRAM file] [TIMEOUT seconds] [LONG seconds]
#                        [LABELS label...])
#
# Registers each method test_* of the class Tests in <script>, a Python program that uses tests/samples/harness.py, as
# one CTest test `<area>.<name>.<method>` with a scratch and a state folder of its own. PROGRAM is what it is about.
# LONG is as for winrt_add_test. They run after the test servers have been started.

set(environment
    "WINRT_COMPONENT_PATH=${CMAKE_BINARY_DIR}/winrt"
    "WINRT_TEST_SERVERS=${CMAKE_BINARY_DIR}/tests/servers.env"
    "WINRT_TEST_BUILD=${CMAKE_BINARY_DIR}"
    "WINRT_TEST_SOURCE=${PROJECT_SOURCE_DIR}"
    "WINRT_TEST_PATH_PREFIX=${WINRT_PATH_PREFIX}"
    "WINRT_TEST_SLOWNESS=${WINRT_TEST_SLOWNESS}"
    "PYTHONPATH=${PROJECT_SOURCE_DIR}/tests/samples:${PROJECT_SOURCE_DIR}/tests/servers"
    "PYTHONDONTWRITEBYTECODE=1"
    ${WINRT_TEST_ENVIRONMENT})
if(WINRT_SANITIZE)
    list(APPEND environment "WINRT_TEST_SANITIZED=1")
endif()
if(CMAKE_CROSSCOMPILING_EMULATOR)
    list(JOIN CMAKE_CROSSCOMPILING_EMULATOR "' '" emulator)
    list(APPEND environment "WINRT_TEST_EMULATOR='${emulator}'")
endif()
set(WINRT_SCRIPT_ENVIRONMENT "${environment}")
unset(environment)

# The names of the test methods in a script, which CMake reads again when it has changed.
function(winrt_script_methods ret script)
    set(path "${CMAKE_CURRENT_SOURCE_DIR}/${script}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    file(STRINGS "${path}" lines REGEX "def test_")
    list(TRANSFORM lines REPLACE ".*def (test_[a-z_0-9]+).*" "\\1")
    set(${ret} "${lines}" PARENT_SCOPE)
endfunction()

function(winrt_add_script_tests area name script)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "PROGRAM;TIMEOUT;LONG" "LABELS")
    set(fixtures servers ${WINRT_TEST_FIXTURES})
    set(path "${CMAKE_CURRENT_SOURCE_DIR}/${script}")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    winrt_script_methods(methods "${script}")
    foreach(method IN LISTS methods)
        string(REGEX REPLACE "^test_" "" function "${method}")
        set(test "${area}.${name}.${function}")
        set(scratch "${CMAKE_BINARY_DIR}/tests/scratch/${test}")
        add_test(NAME "${test}" COMMAND ${Python3_EXECUTABLE} "${path}" -v "Tests.${method}")
        set(variables "WINRT_TEST_PROGRAM=${arg_PROGRAM}" "WINRT_TEST_SCRATCH=${scratch}"
                      "WINRT_STATE_DIR=${WINRT_PATH_PREFIX}${scratch}/state")
        set_tests_properties("${test}" PROPERTIES
            TIMEOUT ${arg_TIMEOUT}
            LABELS "${area};${arg_LABELS}"
            SKIP_REGULAR_EXPRESSION "skipped="
            FIXTURES_REQUIRED "${fixtures}"
            ENVIRONMENT "${WINRT_SCRIPT_ENVIRONMENT};${variables}")
        if(arg_LONG)
            winrt_add_long_test("${test}" ${arg_LONG} "${fixtures}" "${WINRT_SCRIPT_ENVIRONMENT};${variables}"
                ${Python3_EXECUTABLE} "${path}" -v "Tests.${method}")
        endif()
    endforeach()
endfunction()
