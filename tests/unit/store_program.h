/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_STORE_PROGRAM_H
#define WINRT_TEST_STORE_PROGRAM_H

/* Exit codes of store_program. */
#define LOCK_WAS_BUSY 40
#define CRASHED_HERE  41

/* Records of `write`. */
#define WRITTEN 10

/* What `crash` puts before it adopts. */
#define OWN_RECORD 4000

#endif
