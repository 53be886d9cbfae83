# SPDX-License-Identifier: MIT
# cmake -D PROGRAM=<name>.exe.so -D NM=<nm> -P check_winelib.cmake
#
# Fails, and removes the program, if it calls a function of the system's C library. winegcc links that behind Wine's, so
# what Wine's lacks is silently found there (atexit, for one), and would be called in the wrong way.

execute_process(COMMAND "${NM}" -D --undefined-only "${PROGRAM}" OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
if(symbols MATCHES " U ([^\n]*)")
    file(REMOVE "${PROGRAM}")
    message(FATAL_ERROR "${PROGRAM} would call ${CMAKE_MATCH_1} of the system's C library; Wine's has none")
endif()
