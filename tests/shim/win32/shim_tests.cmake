# SPDX-License-Identifier: MIT
# What the DLLs are as PE files: they, and the programs, need nothing but the system.

set(check "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/win32/check_pe.py" "${CMAKE_OBJDUMP}"
    "${CMAKE_CURRENT_SOURCE_DIR}/win32/system_dlls.txt")
add_test(NAME shim.exports
         COMMAND ${check} --exports DllCanUnloadNow,DllGetActivationFactory
                 "$<TARGET_FILE:winrt-shim>" "$<TARGET_FILE:winrt_backgroundtransfer>")
set(programs winrt-register)
if(WINRT_BUILD_SAMPLES)
    list(APPEND programs download first-download wide-download)
endif()
list(TRANSFORM programs REPLACE "(.+)" "$<TARGET_FILE:\\1>")
add_test(NAME shim.imports COMMAND ${check} ${programs})
set_tests_properties(shim.exports shim.imports PROPERTIES TIMEOUT 60 LABELS shim)

winrt_skip_test(shim.component_folder shim "Windows finds components by its registry, not in a folder")
