# SPDX-License-Identifier: MIT
# What others wrote and this project links, by pkg-config, natively and as PE (whose .pc files name static libraries).

find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBCURL REQUIRED IMPORTED_TARGET GLOBAL "libcurl >= 7.88")
pkg_check_modules(LIBPSL REQUIRED IMPORTED_TARGET GLOBAL libpsl)
if(WINRT_PLATFORM STREQUAL posix) # elsewhere the system knows international host names
    pkg_check_modules(LIBIDN2 REQUIRED IMPORTED_TARGET GLOBAL libidn2)
endif()
