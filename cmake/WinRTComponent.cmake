# SPDX-License-Identifier: MIT
# winrt_component(<target> <name>)
#
# Makes the module <name>.dll or <name>.so of <target>: a component of the Windows Runtime, which exports
# DllGetActivationFactory and DllCanUnloadNow and nothing else, and lies in the build folder's winrt/.

include_guard(GLOBAL)

set(winrt_component_exports "${CMAKE_CURRENT_LIST_DIR}/component")

function(winrt_component target name)
    # The linker is told what is exported, so the compiler need not be told in the code.
    set_target_properties(${target} PROPERTIES
        C_VISIBILITY_PRESET default
        PREFIX ""
        OUTPUT_NAME "${name}"
        LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/winrt")
    if(WIN32)
        set(exports "${winrt_component_exports}.def")
        target_sources(${target} PRIVATE "${exports}")
    else()
        set(exports "${winrt_component_exports}.map")
        # nodelete: its threads may run in it until the process ends. Bsymbolic: what is its own is called directly.
        target_link_options(${target} PRIVATE
            "LINKER:--version-script=${exports}" LINKER:-z,nodelete LINKER:-Bsymbolic)
        if(NOT WINRT_SANITIZE) # a sanitizer's runtime is in the program, not in a library
            target_link_options(${target} PRIVATE LINKER:-z,defs)
        endif()
    endif()
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${exports}")
endfunction()
