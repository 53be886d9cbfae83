# SPDX-License-Identifier: MIT
# What libwinrt-shim.so is as a library.

add_executable(test_component_beside component/beside.c)
target_link_libraries(test_component_beside PRIVATE winrt_runtime winrt_iids)
set_target_properties(test_component_beside PROPERTIES SKIP_BUILD_RPATH ON)
add_test(NAME shim.component_folder
         COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/posix/check_component_folder.sh" "$<TARGET_FILE:test_component_beside>"
                 "$<TARGET_FILE:winrt-shim>" "$<TARGET_FILE:test_component_sample>")
set_tests_properties(shim.component_folder PROPERTIES TIMEOUT 60 LABELS shim)

# It exports the documented functions and nothing else.
add_test(NAME shim.exports
         COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/posix/check_exports.sh" "$<TARGET_FILE:winrt-shim>"
                 "${PROJECT_SOURCE_DIR}/winrt-shim/posix/winrt-shim.map")
set_tests_properties(shim.exports PROPERTIES TIMEOUT 60 LABELS shim)
