# SPDX-License-Identifier: MIT
# What code written for Windows needs beside the package (docs/porting.md): options of MinGW's, nothing else.
#
#   <libdir>/pkgconfig/winrt-porting.pc; the target WinRT::Porting is in WinRTBackgroundTransferConfig.cmake

configure_file("${CMAKE_CURRENT_LIST_DIR}/winrt-porting.pc.in" "${PROJECT_BINARY_DIR}/winrt-porting.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/winrt-porting.pc" DESTINATION "${winrt_pkgconfig}")
