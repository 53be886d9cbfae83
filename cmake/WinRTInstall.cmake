# SPDX-License-Identifier: MIT
# What `cmake --install` installs. Every path inside is relative to its own file, so that the tree can be moved.
#
#   <libdir>/libwinrt-shim.so                                    natively: what clients link
#   <libdir>/winrt/windows.networking.backgroundtransfer.so      natively: the component, loaded on activation
#   <bindir>/winrt-transfers[.exe]                               shows what apps have stored (docs/transfers-tool.md)
#   <bindir>/windows.networking.backgroundtransfer.dll           as PE: the components, and the program that
#   <bindir>/winrt-shim.dll, <bindir>/winrt-register.exe         registers them
#   <bindir>/winrt-backgroundtransfer*.{reg,manifest}            as PE: the same as files (docs/wine.md)
#   <includedir>/winrt-backgroundtransfer/                       the headers, under their documented names
#   <libdir>/pkgconfig/winrt-backgroundtransfer.pc, <libdir>/cmake/WinRTBackgroundTransfer/
#
# Wine's headers are not installed: clients use the same ones as this build. Clients of the PE package need none: MinGW
# has what the headers include, but for <roerrorapi.h>, which is Wine's where there is one.

include(CMakePackageConfigHelpers)

set(winrt_include "${CMAKE_INSTALL_INCLUDEDIR}/winrt-backgroundtransfer")
set(winrt_pkgconfig "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
set(winrt_cmake "${CMAKE_INSTALL_LIBDIR}/cmake/WinRTBackgroundTransfer")

install(TARGETS winrt-transfers RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
set(winrt_header_folders "${PROJECT_SOURCE_DIR}/include")
if(WIN32)
    install(TARGETS winrt-shim winrt_backgroundtransfer LIBRARY DESTINATION "${CMAKE_INSTALL_BINDIR}")
    install(TARGETS winrt-register RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
    install(DIRECTORY "${PROJECT_BINARY_DIR}/winrt/" DESTINATION "${CMAKE_INSTALL_BINDIR}"
            FILES_MATCHING PATTERN "*.reg" PATTERN "*.manifest")
    set(winrt_cflags "-idirafter ${WINRT_WINE_INCLUDE_DIR}")
    set(winrt_libs "-lruntimeobject -lole32 -loleaut32")
else()
    install(TARGETS winrt-shim LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
    install(TARGETS winrt_backgroundtransfer LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/winrt")
    set_target_properties(winrt_backgroundtransfer PROPERTIES INSTALL_RPATH "$ORIGIN/..")
    list(APPEND winrt_header_folders "${PROJECT_SOURCE_DIR}/include/native")
    set(winrt_cflags "-isystem ${WINRT_WINE_INCLUDE_DIR} -DWIN32_LEAN_AND_MEAN -DDECLSPEC_HIDDEN=")
    set(winrt_libs "-L\${libdir} -lwinrt-shim")
endif()

get_property(winrt_headers GLOBAL PROPERTY WINRT_IDL_HEADERS)
list(TRANSFORM winrt_header_folders APPEND "/*.h")
file(GLOB winrt_written_headers CONFIGURE_DEPENDS ${winrt_header_folders})
install(FILES ${winrt_headers} ${winrt_written_headers} DESTINATION "${winrt_include}")

# pkg-config: from the folder of the .pc file to the prefix.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}/${winrt_pkgconfig}"
           OUTPUT_VARIABLE winrt_prefix_from_pkgconfig)
configure_file("${CMAKE_CURRENT_LIST_DIR}/winrt-backgroundtransfer.pc.in"
               "${PROJECT_BINARY_DIR}/winrt-backgroundtransfer.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/winrt-backgroundtransfer.pc" DESTINATION "${winrt_pkgconfig}")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/${WINRT_PLATFORM}/WinRTBackgroundTransferConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/WinRTBackgroundTransferConfig.cmake"
                              INSTALL_DESTINATION "${winrt_cmake}"
                              PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_BINDIR winrt_include)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/WinRTBackgroundTransferConfigVersion.cmake"
                                 COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/WinRTBackgroundTransferConfig.cmake"
              "${PROJECT_BINARY_DIR}/WinRTBackgroundTransferConfigVersion.cmake"
        DESTINATION "${winrt_cmake}")

include("${WINRT_PLATFORM}/WinRTPortingInstall")
