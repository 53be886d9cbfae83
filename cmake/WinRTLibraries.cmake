# SPDX-License-Identifier: MIT
# What others wrote and this project links, by pkg-config, natively and as PE (whose .pc files name static libraries).

find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBCURL REQUIRED IMPORTED_TARGET GLOBAL "libcurl >= 7.88.1")
pkg_check_modules(LIBPSL REQUIRED IMPORTED_TARGET GLOBAL libpsl)
if(WINRT_PLATFORM STREQUAL posix) # elsewhere the system knows international host names and the network
    pkg_check_modules(LIBIDN2 REQUIRED IMPORTED_TARGET GLOBAL libidn2)
    # sd-bus, to ask NetworkManager. No systemd has to run; elogind's is the same without one.
    pkg_search_module(SDBUS REQUIRED IMPORTED_TARGET GLOBAL "libsystemd >= 240" "libelogind >= 240")
endif()
