# SPDX-License-Identifier: MIT
# How every target of the project is compiled: one language level, warnings as errors, hidden
# symbols, and, when asked for, a sanitizer over everything.

set(WINRT_SANITIZE "" CACHE STRING "Value of -fsanitize= for all targets, or empty")

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_compile_options(-Wall -Wextra -Werror)
add_compile_options("$<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes;-Wstrict-prototypes;-Wvla>")

if(WINRT_SANITIZE)
    add_compile_options(-fsanitize=${WINRT_SANITIZE} -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${WINRT_SANITIZE})
    if(WINRT_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=undefined)
    endif()
endif()
