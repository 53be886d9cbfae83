# SPDX-License-Identifier: MIT
# What code written for Windows needs beside the package (docs/porting.md):
#
#   <libdir>/libwinrt-porting.a                           main, for programs that have wmain
#   <includedir>/winrt-backgroundtransfer/porting/        the header that is read before every source
#   <libdir>/pkgconfig/winrt-porting.pc; the target WinRT::Porting is in WinRTBackgroundTransferConfig.cmake

install(TARGETS winrt_porting ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
file(GLOB winrt_porting_headers CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/include/porting/*.h")
install(FILES ${winrt_porting_headers} DESTINATION "${winrt_include}/porting")

configure_file("${CMAKE_CURRENT_LIST_DIR}/winrt-porting.pc.in" "${PROJECT_BINARY_DIR}/winrt-porting.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/winrt-porting.pc" DESTINATION "${winrt_pkgconfig}")
