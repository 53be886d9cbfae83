/* SPDX-License-Identifier: MIT */
#include "winrt-shim/combase/futex.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "winrt-shim/combase/deadline.h"

bool futex_wait(futex_word *word, uint32_t expected, uint64_t deadline_ns)
{
    struct timespec deadline = {
        .tv_sec = (time_t)(deadline_ns / 1000000000),
        .tv_nsec = (long)(deadline_ns % 1000000000),
    };

    /* This form of the call takes a point in time, not a duration. */
    return !syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected,
                    deadline_ns == DEADLINE_NEVER ? NULL : &deadline, NULL,
                    FUTEX_BITSET_MATCH_ANY) ||
           errno != ETIMEDOUT;
}

void futex_wake(futex_word *word, int count)
{
    syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count);
}
