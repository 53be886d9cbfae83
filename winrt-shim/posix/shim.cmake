# SPDX-License-Identifier: MIT
# libwinrt-shim.so: the documented functions and the classes.

add_subdirectory(combase)
add_subdirectory(porting)

add_library(winrt-shim SHARED classes.c)
target_link_libraries(winrt-shim
    PRIVATE winrt_combase winrt_porting_functions ${classes} winrt_base winrt_port winrt_iids
    PUBLIC winrt_idl)
target_link_libraries(winrt_runtime INTERFACE winrt-shim)

# It exports names like Sleep and CloseHandle, so it must neither export one too many nor take another
# library's function of the same name for its own. It stays in memory (nodelete) because it has threads.
set(WINRT_SHIM_MAP "${CMAKE_CURRENT_SOURCE_DIR}/posix/winrt-shim.map")
target_link_options(winrt-shim PRIVATE
    "LINKER:--version-script=${WINRT_SHIM_MAP}" "LINKER:-Bsymbolic-functions" "LINKER:-z,nodelete")
if(NOT WINRT_SANITIZE) # a sanitizer's runtime is in the program, not in a library
    target_link_options(winrt-shim PRIVATE "LINKER:-z,defs")
endif()
set_property(TARGET winrt-shim APPEND PROPERTY LINK_DEPENDS "${WINRT_SHIM_MAP}")

# Components are looked for in winrt/ beside the library: so it is in the build folder as when installed.
set_target_properties(winrt-shim PROPERTIES
    VERSION ${PROJECT_VERSION}
    SOVERSION 0
    LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
