/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TEST_EXIT_PROGRAM_H
#define WINRT_TEST_EXIT_PROGRAM_H

#define EXIT_PROGRAM_CODE 7

#endif
