# SPDX-License-Identifier: MIT
# winrt_add_test(<area> <source> [LIBS lib...] [SOURCES file...] [TIMEOUT seconds] [SERVERS]
#                [LABELS label...] [POSIX_ONLY reason])
#
# Builds <source>, a cmocka program whose main is TEST_MAIN (tests/support/test_main.h), and registers each
# test function named in a cmocka_unit_test*() of it as one CTest test `<area>.<file>.<function>`:
# its own process, its own state folder, its own time-out (default 60 s, three times that where programs are
# slow: under a sanitizer and under Wine). SERVERS makes it wait for the test servers (tests/servers) that run as a
# CTest fixture. POSIX_ONLY is for a program that cannot even be compiled elsewhere: there its functions are
# registered as tests that are skipped, for this reason.

set(WINRT_TEST_SLOWNESS 1)
if(WINRT_SANITIZE OR WIN32)
    set(WINRT_TEST_SLOWNESS 3)
endif()

# The names of the test functions in a source file, which CMake reads again when it has changed.
function(winrt_test_functions ret source)
    get_filename_component(path "${source}" ABSOLUTE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    file(READ "${path}" text)
    string(REGEX MATCHALL "cmocka_unit_test[a-z_]*\\([a-zA-Z_0-9]+" uses "${text}")
    list(TRANSFORM uses REPLACE ".*\\(" "")
    set(${ret} "${uses}" PARENT_SCOPE)
endfunction()

# winrt_skip_test(<name> <label> <reason>): a test that is counted as skipped, and says why.
function(winrt_skip_test name label reason)
    add_test(NAME "${name}" COMMAND "${CMAKE_COMMAND}" -E echo "skipped: ${reason}")
    set_tests_properties("${name}" PROPERTIES LABELS "${label}" SKIP_REGULAR_EXPRESSION "^skipped: ")
endfunction()

function(winrt_add_test area source)
    cmake_parse_arguments(PARSE_ARGV 2 arg "SERVERS" "TIMEOUT;POSIX_ONLY" "LIBS;SOURCES;LABELS")
    get_filename_component(name "${source}" NAME_WE)
    string(REGEX REPLACE "^test_" "" name "${name}")
    set(target "test_${area}_${name}")
    winrt_test_functions(functions "${source}")

    if(arg_POSIX_ONLY AND NOT WINRT_PLATFORM STREQUAL posix)
        foreach(function IN LISTS functions)
            winrt_skip_test("${area}.${name}.${function}" "${area}" "${arg_POSIX_ONLY}")
        endforeach()
        return()
    endif()

    add_executable(${target} "${source}" ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE winrt_test_support ${arg_LIBS})

    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * ${WINRT_TEST_SLOWNESS}")

    foreach(function IN LISTS functions)
        set(test "${area}.${name}.${function}")
        set(build "${WINRT_PATH_PREFIX}${CMAKE_BINARY_DIR}")
        set(scratch "${build}/tests/scratch/${test}")
        set(environment "WINRT_TEST_SCRATCH=${scratch}" "WINRT_STATE_DIR=${scratch}/state"
                        "WINRT_COMPONENT_PATH=${build}/winrt" "WINRT_TEST_SERVERS=${build}/tests/servers.env"
                        # What is tried again is tried at once; a test of the waits sets its own.
                        "WINRT_RETRY_BASE_MS=1"
                        # Whatever becomes of the machine's own network.
                        "WINRT_NETWORK_STATE=online")
        add_test(NAME "${test}" COMMAND ${target} "${function}")
        set_tests_properties("${test}" PROPERTIES
            TIMEOUT ${arg_TIMEOUT}
            LABELS "${area};${arg_LABELS}"
            SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]"
            ENVIRONMENT "${environment}")
        set(fixtures ${WINRT_TEST_FIXTURES})
        if(arg_SERVERS)
            list(APPEND fixtures servers)
        endif()
        set_tests_properties("${test}" PROPERTIES FIXTURES_REQUIRED "${fixtures}")
    endforeach()
endfunction()
