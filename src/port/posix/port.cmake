# SPDX-License-Identifier: MIT
# What winrt_port needs on POSIX systems alone.

find_package(Threads REQUIRED)
find_library(UNISTRING_LIBRARY unistring REQUIRED)

target_sources(winrt_port PRIVATE posix/user_home.c)
target_link_libraries(winrt_port PUBLIC Threads::Threads PRIVATE "${UNISTRING_LIBRARY}")

target_sources(winrt_network PRIVATE posix/network_manager.c posix/network_modem.c)
target_link_libraries(winrt_network PRIVATE PkgConfig::SDBUS)
