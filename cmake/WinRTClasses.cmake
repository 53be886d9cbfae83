# SPDX-License-Identifier: MIT
# winrt_component_classes(<target> <source>)
#
# As PE: puts the list of the component's classes into its DLL, as the resource WINRT_CLASSES (UTF-8, a class a line),
# where winrt-register.exe reads it. The classes are those of the table in <source> that DllGetActivationFactory answers
# from: its rows begin with `{ u"Name.Of.The.Class",`. The same list is kept for the functions below.

include_guard(GLOBAL)

set(winrt_classes_templates "${CMAKE_CURRENT_LIST_DIR}/win32")

function(winrt_component_classes target source)
    if(NOT WIN32) # natively a component is found by its name
        return()
    endif()
    cmake_path(ABSOLUTE_PATH source)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${source}")
    file(READ "${source}" text)
    string(REGEX MATCHALL "{ u\"[A-Za-z0-9_.]+\"," rows "${text}")
    list(TRANSFORM rows REPLACE "{ u\"(.*)\"," "\\1" OUTPUT_VARIABLE classes)
    if(NOT classes)
        message(FATAL_ERROR "${source} has no table of classes")
    endif()

    get_target_property(name ${target} OUTPUT_NAME)
    set(list "${CMAKE_CURRENT_BINARY_DIR}/${name}.classes")
    list(JOIN classes "\n" lines)
    file(CONFIGURE OUTPUT "${list}" CONTENT "${lines}\n" @ONLY)
    file(CONFIGURE OUTPUT "${list}.rc" CONTENT "WINRT_CLASSES RCDATA \"@list@\"\n" @ONLY)
    set_source_files_properties("${list}.rc" PROPERTIES OBJECT_DEPENDS "${list}")
    target_sources(${target} PRIVATE "${list}.rc")
    set_property(GLOBAL PROPERTY "WINRT_CLASSES_${name}.dll" "${classes}")
endfunction()

# winrt_reg_files(<folder> <name> <dll>...)
#
# Makes <folder>/<name>.reg and <name>-remove.reg for the classes of the DLLs. DllPath is the bare name: the DLL is
# found beside the program or in system32, wherever Windows is.
function(winrt_reg_files folder name)
    set(key "HKEY_LOCAL_MACHINE\\Software\\Microsoft\\WindowsRuntime\\ActivatableClassId")
    set(add "")
    set(remove "")
    foreach(dll IN LISTS ARGN)
        get_property(classes GLOBAL PROPERTY "WINRT_CLASSES_${dll}")
        foreach(class IN LISTS classes)
            string(APPEND add "[${key}\\${class}]\n\"ActivationType\"=dword:00000000\n\"Threading\"=dword:00000000\n"
                              "\"TrustLevel\"=dword:00000000\n\"DllPath\"=\"${dll}\"\n\n")
            string(APPEND remove "[-${key}\\${class}]\n\n")
        endforeach()
    endforeach()
    set(entries "${add}")
    configure_file("${winrt_classes_templates}/classes.reg.in" "${folder}/${name}.reg" @ONLY NEWLINE_STYLE CRLF)
    set(entries "${remove}")
    configure_file("${winrt_classes_templates}/classes.reg.in" "${folder}/${name}-remove.reg" @ONLY NEWLINE_STYLE CRLF)
endfunction()

# winrt_manifest(<folder> <name> <dll>...)
#
# Makes <folder>/<name>.manifest, with which a program gets the classes of the DLLs beside it without registration.
function(winrt_manifest folder name)
    set(files "")
    foreach(dll IN LISTS ARGN)
        get_property(classes GLOBAL PROPERTY "WINRT_CLASSES_${dll}")
        string(APPEND files "  <file name=\"${dll}\">\n")
        foreach(class IN LISTS classes)
            string(APPEND files "    <activatableClass xmlns=\"urn:schemas-microsoft-com:winrt.v1\"\n"
                                "                      name=\"${class}\" threadingModel=\"both\"/>\n")
        endforeach()
        string(APPEND files "  </file>\n")
    endforeach()
    configure_file("${winrt_classes_templates}/classes.manifest.in" "${folder}/${name}.manifest" @ONLY NEWLINE_STYLE LF)
endfunction()
