/* SPDX-License-Identifier: MIT */
/*
 * The slot of a virtual function, read from a pointer to it. In the Itanium C++ ABI, which every
 * compiler that builds this project follows, such a pointer holds the function's offset in the
 * vtable: plus one, or (on ARM) as it is, with the mark in the second word.
 */
#ifndef WINRT_TESTS_ABI_CXX_H
#define WINRT_TESTS_ABI_CXX_H

#include <cstddef>
#include <cstdint>
#include <cstring>

template <class Function> static std::size_t slot_of(Function function)
{
    std::uintptr_t words[2];

    static_assert(sizeof(function) == sizeof(words), "not the Itanium C++ ABI");
    std::memcpy(words, &function, sizeof(words));
    return (words[0] & ~static_cast<std::uintptr_t>(1)) / sizeof(void *);
}

#endif
