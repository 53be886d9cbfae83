# SPDX-License-Identifier: MIT
# Toolchain file for PE, x86-64: Debian's MinGW gcc with POSIX threads, whose runtime is linked static, and the static
# libraries of scripts/mingw-deps.sh. That script prints their folder; it is handed over as WINRT_MINGW_DEPS, a CMake
# or an environment variable. What is built runs under Wine (scripts/wine.sh).

if(NOT WINRT_MINGW_DEPS AND DEFINED ENV{WINRT_MINGW_DEPS})
    set(WINRT_MINGW_DEPS "$ENV{WINRT_MINGW_DEPS}" CACHE PATH "What scripts/mingw-deps.sh has built" FORCE)
endif()
if(NOT IS_DIRECTORY "${WINRT_MINGW_DEPS}/lib/pkgconfig")
    message(FATAL_ERROR "WINRT_MINGW_DEPS (${WINRT_MINGW_DEPS}) is not a folder that scripts/mingw-deps.sh has "
        "built: pass -DWINRT_MINGW_DEPS=\$(scripts/mingw-deps.sh)")
endif()
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES WINRT_MINGW_DEPS)

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

# libgcc, libstdc++ and winpthread: a program or DLL of ours needs none of them beside it.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static")
set(CMAKE_MODULE_LINKER_FLAGS_INIT "-static")

# What a client keeps elsewhere is found by CMAKE_PREFIX_PATH, too; nothing of the build machine's is.
list(PREPEND CMAKE_FIND_ROOT_PATH "${WINRT_MINGW_DEPS}" /usr/x86_64-w64-mingw32 ${CMAKE_PREFIX_PATH})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_LIBDIR} "${WINRT_MINGW_DEPS}/lib/pkgconfig")
