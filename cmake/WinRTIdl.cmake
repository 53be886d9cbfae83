# SPDX-License-Identifier: MIT
#
# Finds Wine's IDL compiler and headers, and makes C headers of IDL files.
#
# Sets WINRT_WIDL (the program) and WINRT_WINE_INCLUDE_DIR (Wine's Windows headers and IDL files).
# Wine 8 or newer is needed: older ones know neither dotted namespaces nor parameterized types.

include_guard(GLOBAL)

find_program(WINRT_WIDL NAMES widl widl-stable PATHS /usr/lib/wine NO_CMAKE_FIND_ROOT_PATH
             DOC "Wine's IDL compiler, 8.0 or newer")
find_path(WINRT_WINE_INCLUDE_DIR NAMES inspectable.idl
          PATHS /usr/include/wine /usr/include/wine-development /usr/local/include/wine
          PATH_SUFFIXES windows wine/windows
          NO_CMAKE_FIND_ROOT_PATH
          DOC "Folder with Wine's Windows headers and IDL files")

if(NOT WINRT_WIDL)
    message(FATAL_ERROR "widl was not found (Debian: wine64-tools); set WINRT_WIDL")
endif()
if(NOT WINRT_WINE_INCLUDE_DIR)
    message(FATAL_ERROR "Wine's headers were not found (Debian: libwine-dev); set WINRT_WINE_INCLUDE_DIR")
endif()

execute_process(COMMAND "${WINRT_WIDL}" -V OUTPUT_VARIABLE winrt_widl_text ERROR_VARIABLE winrt_widl_text)
if(NOT winrt_widl_text MATCHES "version ([0-9]+(\\.[0-9]+)*)")
    message(FATAL_ERROR "${WINRT_WIDL} -V tells no version")
endif()
if(CMAKE_MATCH_1 VERSION_LESS 8)
    message(FATAL_ERROR "${WINRT_WIDL} is version ${CMAKE_MATCH_1}; 8.0 or newer is needed")
endif()

# winrt_idl_header(<output variable> <directory> <name>.idl [DEPENDS <other>.idl ...])
#
# Adds the rule that makes <directory>/<name>.h from <name>.idl in the current source folder, and
# appends its path to the output variable. DEPENDS names every IDL file of this folder that
# <name>.idl imports, directly or not: widl cannot write a dependency file.
function(winrt_idl_header output directory idl)
    cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "DEPENDS")
    cmake_path(REMOVE_EXTENSION idl LAST_ONLY OUTPUT_VARIABLE name)
    set(header "${directory}/${name}.h")
    set(imports "")
    foreach(import IN LISTS arg_DEPENDS)
        list(APPEND imports "${CMAKE_CURRENT_SOURCE_DIR}/${import}")
    endforeach()
    add_custom_command(
        OUTPUT "${header}"
        COMMAND "${WINRT_WIDL}" --winrt -h -I "${CMAKE_CURRENT_SOURCE_DIR}" -I "${WINRT_WINE_INCLUDE_DIR}"
                -o "${header}" "${idl}"
        DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${idl}" ${imports}
        WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" # widl writes the file's name into the header, as it is given
        COMMENT "Generating idl/${name}.h"
        VERBATIM)
    set(${output} ${${output}} "${header}" PARENT_SCOPE)
endfunction()

# winrt_use_short_names(<target>)
#
# Lets the target's own sources write IDownloadOperation for
# __x_ABI_CWindows_CNetworking_CBackgroundTransfer_CIDownloadOperation, and use the COBJMACROS
# (IDownloadOperation_StartAsync(...)), and gives objects const vtables. Never passed on: a client
# chooses for itself.
function(winrt_use_short_names target)
    target_compile_definitions(${target} PRIVATE
        COBJMACROS
        CONST_VTABLE
        WIDL_using_WinRT_BackgroundTransfer
        WIDL_using_Windows_ApplicationModel_Background
        WIDL_using_Windows_Foundation
        WIDL_using_Windows_Foundation_Collections
        WIDL_using_Windows_Networking
        WIDL_using_Windows_Networking_BackgroundTransfer
        WIDL_using_Windows_Networking_Connectivity
        WIDL_using_Windows_Security_Credentials
        WIDL_using_Windows_Storage
        WIDL_using_Windows_Storage_FileProperties
        WIDL_using_Windows_Storage_Streams
        WIDL_using_Windows_UI_Notifications
        WIDL_using_Windows_Web)
endfunction()
