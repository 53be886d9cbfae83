/* SPDX-License-Identifier: MIT */
/*
 * Where the test servers (tests/servers/README.md) are. A program that uses them is registered with
 * winrt_add_test(... SERVERS).
 */
#ifndef WINRT_TEST_SERVERS_H
#define WINRT_TEST_SERVERS_H

#include <native_format.h>

/* The value of NAME in the file that $WINRT_TEST_SERVERS names, such as FAULT_HTTP or CA_FILE.
   Fails the test when there is none. Lives for the rest of the process. */
const char *server_value(const char *name);

/* The same for a value that is a path: as the files seam has it, in a buffer of the same kind as
   server_url's. */
const char *server_path(const char *name);

/* server_value(name) followed by the formatted path, in a buffer that is used again after eight
 * calls on a thread. */
const char *server_url(const char *name, const char *format, ...)
    __attribute__((format(NATIVE_PRINTF, 2, 3)));

/* A name that no other test and no other run of this one has, for what the fault server remembers.
   Lives for the rest of the process; the same for the same name. */
const char *test_token(const char *name);

#endif
