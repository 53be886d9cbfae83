# SPDX-License-Identifier: MIT
# How every target of the project is compiled: one language level, warnings as errors, hidden
# symbols, and, when asked for, a sanitizer over everything.

# Names the folder of the code that is the platform's own (src/port/posix and src/port/win32, for example), and what
# stands before an absolute path of the build's when a program of the target reads it: Wine shows the root as drive Z.
if(WIN32)
    set(WINRT_PLATFORM win32)
    set(WINRT_PATH_PREFIX "Z:")
else()
    set(WINRT_PLATFORM posix)
    set(WINRT_PATH_PREFIX "")
endif()

set(WINRT_SANITIZE "" CACHE STRING "Value of -fsanitize= for all targets, or empty")
option(WINRT_FUZZ "Make libFuzzer's programs of tests/fuzz, which takes clang" OFF)
option(WINRT_COVERAGE "Count which lines and branches run (gcc; scripts/coverage.sh reads the counts)" OFF)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_compile_options(-Wall -Wextra -Werror)
add_compile_options("$<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes;-Wstrict-prototypes;-Wvla>")

if(WIN32 AND CMAKE_CROSSCOMPILING)
    set(CMAKE_CROSSCOMPILING_EMULATOR "${PROJECT_SOURCE_DIR}/scripts/wine.sh;${CMAKE_BINARY_DIR}/wine")
endif()

if(WIN32)
    # C's printf rather than msvcrt's; and everything up to Windows 10, which Wine 8 is by default.
    add_compile_definitions(__USE_MINGW_ANSI_STDIO=1 _WIN32_WINNT=0x0A00)
    # winnt.h includes all intrinsics that gcc has for x86. Nothing here needs one, and they take two fifths of the time.
    add_compile_definitions(_X86INTRIN_H_INCLUDED)
endif()

if(WINRT_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(WINRT_SANITIZE)
    add_compile_options(-fsanitize=${WINRT_SANITIZE} -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${WINRT_SANITIZE})
    if(WINRT_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=undefined)
        # The objects that C++ clients call are C's: there is no type information behind their vtables.
        add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fno-sanitize=vptr>")
    endif()
endif()

if(WINRT_COVERAGE)
    # Unoptimized, so that each branch is one of the source; atomic, because threads count too.
    add_compile_options(--coverage -fprofile-update=atomic -fprofile-abs-path -O0 -g)
    add_link_options(--coverage)
endif()
