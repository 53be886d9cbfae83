# SPDX-License-Identifier: MIT
# winrt-shim.dll: the classes, activated as any component is. Nobody links it.

add_library(winrt-shim MODULE classes.c win32/main.c)
target_link_libraries(winrt-shim PRIVATE ${classes} winrt_base winrt_port winrt_iids winrt_runtime)
winrt_component(winrt-shim winrt-shim)
winrt_component_classes(winrt-shim classes.c)
target_link_libraries(winrt_runtime INTERFACE runtimeobject ole32 oleaut32)
