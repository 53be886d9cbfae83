/* SPDX-License-Identifier: MIT */
/* What src/port/threads.h is made of on POSIX systems. */
#ifndef WINRT_NATIVE_THREADS_H
#define WINRT_NATIVE_THREADS_H

#include <pthread.h>

struct mutex {
    pthread_mutex_t native;
};

#define MUTEX_INITIALIZER         \
    {                             \
        PTHREAD_MUTEX_INITIALIZER \
    }

struct condition {
    pthread_cond_t native;
};

struct once {
    pthread_once_t native;
};

#define ONCE_INITIALIZER  \
    {                     \
        PTHREAD_ONCE_INIT \
    }

#endif
