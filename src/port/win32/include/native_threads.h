/* SPDX-License-Identifier: MIT */
/*
 * What src/port/threads.h is made of on Windows: SRWLOCK, CONDITION_VARIABLE and INIT_ONCE, each of
 * which is one pointer that is NULL at first. Not by name, so that the engine need not include
 * <windows.h>; threads.c checks that they are so.
 */
#ifndef WINRT_NATIVE_THREADS_H
#define WINRT_NATIVE_THREADS_H

struct mutex {
    void *native;
};

#define MUTEX_INITIALIZER \
    {                     \
        0                 \
    }

struct condition {
    void *native;
};

struct once {
    void *native;
};

#define ONCE_INITIALIZER \
    {                    \
        0                \
    }

#endif
