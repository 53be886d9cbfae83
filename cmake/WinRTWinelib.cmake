# SPDX-License-Identifier: MIT
# winrt_winelib_program(<target> [UNICODE] SOURCES <source>... [LIBS <library>...])
#
# Makes winelib/<name>.exe.so of the target <name>_winelib in the current build folder: an ELF library in which Wine
# finds a Windows program, made by winegcc from the sources that MinGW compiles. UNICODE: it has wmain, not main.
# docs/winelib.md says what each option is for. The property WINRT_PROGRAM of the target is the program's path. Where
# winegcc is missing (Debian: wine64-tools) or does not work, WINRT_WINEGCC is false, and nothing may call this.

include_guard(GLOBAL)

set(winrt_winelib_options -mno-cygwin -mabi=ms)
set(winrt_winelib_check "${CMAKE_CURRENT_LIST_DIR}/check_winelib.cmake")

# It is of no use without gcc for this system and Wine's import libraries.
function(winrt_winegcc_links result winegcc)
    set(trial "${PROJECT_BINARY_DIR}/CMakeFiles/winelib")
    file(WRITE "${trial}/trial.c" "int main(void) { return 0; }\n")
    execute_process(COMMAND "${winegcc}" ${winrt_winelib_options} -o trial.exe trial.c -lcombase
                    WORKING_DIRECTORY "${trial}" RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE why)
    if(failed)
        message(STATUS "No Winelib programs: ${winegcc} does not link one (Debian: gcc, libwine-dev): ${why}")
        set(${result} FALSE PARENT_SCOPE)
    endif()
endfunction()

find_program(WINRT_WINEGCC NAMES winegcc winegcc-stable VALIDATOR winrt_winegcc_links DOC "Wine's compiler driver")
find_program(WINRT_ELF_NM NAMES nm DOC "The nm of the build machine")

function(winrt_winelib_program target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "UNICODE" "" "SOURCES;LIBS")
    string(REGEX REPLACE "_winelib$" "" name "${target}")
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/winelib")
    file(MAKE_DIRECTORY "${folder}")

    set(objects "")
    foreach(source IN LISTS arg_SOURCES)
        cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
        cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE relative)
        string(MAKE_C_IDENTIFIER "${relative}" identifier)
        set(object "${folder}/${name}.${identifier}.o")
        add_custom_command(
            OUTPUT "${object}"
            COMMAND "${WINRT_WINEGCC}" ${winrt_winelib_options} -std=gnu11 -O2 -g -Wall -Wextra -Werror
                    -I "${PROJECT_BINARY_DIR}/idl" -I "${PROJECT_SOURCE_DIR}/include"
                    -MD -MT "${object}" -MF "${object}.d" -c "${source}" -o "${object}"
            DEPENDS "${source}" winrt_idl_headers
            DEPFILE "${object}.d"
            WORKING_DIRECTORY "${folder}"
            COMMENT "winegcc ${name}: ${relative}"
            VERBATIM)
        list(APPEND objects "${object}")
    endforeach()

    set(program "${folder}/${name}.exe.so")
    list(TRANSFORM arg_LIBS PREPEND -l)
    add_custom_command(
        OUTPUT "${program}"
        COMMAND "${WINRT_WINEGCC}" ${winrt_winelib_options} "$<$<BOOL:${arg_UNICODE}>:-municode>"
                -o "${folder}/${name}.exe" ${objects} ${arg_LIBS} -lcombase -lole32 -loleaut32
        COMMAND ${CMAKE_COMMAND} -D "PROGRAM=${program}" -D "NM=${WINRT_ELF_NM}" -P "${winrt_winelib_check}"
        DEPENDS ${objects} "${winrt_winelib_check}"
        WORKING_DIRECTORY "${folder}"
        COMMENT "winegcc ${name}.exe.so"
        COMMAND_EXPAND_LISTS VERBATIM)
    add_custom_target(${target} ALL DEPENDS "${program}")
    set_target_properties(${target} PROPERTIES WINRT_PROGRAM "${program}")
endfunction()
