# SPDX-License-Identifier: MIT
# winrt_add_test(<area> <source> [LIBS lib...] [SOURCES file...] [TIMEOUT seconds] [SERVERS] [WHOLE]
#                [LABELS label...] [LONG seconds] [POSIX_ONLY reason] [ROWS table])
#
# Builds <source>, a cmocka program whose main is TEST_MAIN (tests/support/test_main.h), and registers each
# test function named in a cmocka_unit_test*() of it as one CTest test `<area>.<file>.<function>`:
# its own process, its own state folder, its own time-out (default 60 s, three times that where programs are
# slow: under a sanitizer and under Wine).
#
# SERVERS     it waits for the test servers (tests/servers) that run as a CTest fixture
# WHOLE       links the shim and the component into the program (tests/whole)
# LONG        registers each function a second time as long.<area>.<file>.<function>, with this time-out and
#             WINRT_TEST_LONG=1 (tests/support/long_form.h), which only `ctest -C Long` runs
# ROWS        its tests are the rows of a table: the first words of its lines, but for the first line, are the
#             functions' names
# POSIX_ONLY  it cannot even be compiled elsewhere: there its functions are skipped, for this reason

set(WINRT_TEST_SLOWNESS 1)
if(WINRT_SANITIZE OR WIN32)
    set(WINRT_TEST_SLOWNESS 3)
endif()

# What every test has in its environment. TSan waits a second at the end of a program with threads, which is a thousand
# seconds in all; races with an exiting main thread show in 50 ms.
set(WINRT_TEST_ENVIRONMENT "")
if(WINRT_SANITIZE MATCHES "thread")
    list(APPEND WINRT_TEST_ENVIRONMENT "TSAN_OPTIONS=atexit_sleep_ms=50")
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

# The same for the rows of a table.
function(winrt_test_rows ret table)
    get_filename_component(path "${table}" ABSOLUTE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    file(READ "${path}" text)
    string(REGEX MATCHALL "\n[^#\t\n]+" names "${text}")
    list(TRANSFORM names STRIP)
    set(${ret} "${names}" PARENT_SCOPE)
endfunction()

# winrt_skip_test(<name> <label> <reason>): a test that is counted as skipped, and says why.
function(winrt_skip_test name label reason)
    add_test(NAME "${name}" COMMAND "${CMAKE_COMMAND}" -E echo "skipped: ${reason}")
    set_tests_properties("${name}" PROPERTIES LABELS "${label}" SKIP_REGULAR_EXPRESSION "^skipped: ")
endfunction()

# winrt_add_long_test(<test> <seconds> <fixtures> <environment> <command>...): the long form of that test.
function(winrt_add_long_test test seconds fixtures environment)
    add_test(NAME "long.${test}" COMMAND ${ARGN} CONFIGURATIONS Long)
    set_tests_properties("long.${test}" PROPERTIES
        TIMEOUT ${seconds}
        LABELS long
        FIXTURES_REQUIRED "${fixtures}"
        ENVIRONMENT "${environment};WINRT_TEST_LONG=1")
endfunction()

function(winrt_add_test area source)
    cmake_parse_arguments(PARSE_ARGV 2 arg "SERVERS;WHOLE" "TIMEOUT;LONG;POSIX_ONLY;ROWS" "LIBS;SOURCES;LABELS")
    get_filename_component(name "${source}" NAME_WE)
    string(REGEX REPLACE "^test_" "" name "${name}")
    set(target "test_${area}_${name}")
    if(arg_ROWS)
        winrt_test_rows(functions "${arg_ROWS}")
    else()
        winrt_test_functions(functions "${source}")
    endif()

    if(arg_POSIX_ONLY AND NOT WINRT_PLATFORM STREQUAL posix)
        foreach(function IN LISTS functions)
            winrt_skip_test("${area}.${name}.${function}" "${area}" "${arg_POSIX_ONLY}")
        endforeach()
        return()
    endif()

    add_executable(${target} "${source}" ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE winrt_test_support ${arg_LIBS})
    set(components "${CMAKE_BINARY_DIR}/winrt")
    if(arg_WHOLE)
        winrt_use_whole(${target})
        set(components "${WINRT_WHOLE_COMPONENTS}")
    endif()

    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * ${WINRT_TEST_SLOWNESS}")

    set(fixtures ${WINRT_TEST_FIXTURES})
    if(arg_SERVERS)
        list(APPEND fixtures servers)
    endif()
    set(build "${WINRT_PATH_PREFIX}${CMAKE_BINARY_DIR}")
    foreach(function IN LISTS functions)
        set(test "${area}.${name}.${function}")
        set(scratch "${build}/tests/scratch/${test}")
        set(environment "WINRT_TEST_SCRATCH=${scratch}" "WINRT_STATE_DIR=${scratch}/state"
                        "WINRT_COMPONENT_PATH=${WINRT_PATH_PREFIX}${components}"
                        "WINRT_TEST_SERVERS=${build}/tests/servers.env"
                        # What is tried again is tried at once; a test of the waits sets its own.
                        "WINRT_RETRY_BASE_MS=1"
                        # Whatever becomes of the machine's own network.
                        "WINRT_NETWORK_STATE=online"
                        ${WINRT_TEST_ENVIRONMENT})
        add_test(NAME "${test}" COMMAND ${target} "${function}")
        set_tests_properties("${test}" PROPERTIES
            TIMEOUT ${arg_TIMEOUT}
            LABELS "${area};${arg_LABELS}"
            SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]"
            FIXTURES_REQUIRED "${fixtures}"
            ENVIRONMENT "${environment}")
        if(arg_LONG)
            winrt_add_long_test("${test}" ${arg_LONG} "${fixtures}" "${environment}" ${target} "${function}")
        endif()
    endforeach()
endfunction()
