/* SPDX-License-Identifier: MIT */
#include "../file_limit.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

void limit_file_size(unsigned size)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(0, getrlimit(RLIMIT_FSIZE, &limit));
    limit.rlim_cur = size;
    assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &limit));
}
