/* SPDX-License-Identifier: MIT */
/* Identifiers of this process and of the thread that calls, as another library of the system tells
 * them. */
#ifndef WINRT_TEST_IDENTIFIERS_H
#define WINRT_TEST_IDENTIFIERS_H

unsigned process_identifier(void);
unsigned thread_identifier(void);

#endif
