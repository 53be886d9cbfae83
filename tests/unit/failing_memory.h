/* SPDX-License-Identifier: MIT */
/*
 * Runs a scenario with its first, second, third ... allocation failing, until none fails. Each run
 * must answer E_OUTOFMEMORY, or S_OK if what failed was not needed, and leave nothing behind, which
 * the address sanitizer's leak check sees.
 */
#ifndef WINRT_TEST_FAILING_MEMORY_H
#define WINRT_TEST_FAILING_MEMORY_H

#include <windows.h>

/* Allocations may be made by other threads, too; the scenario waits for those that work for it. */
void run_with_failing_memory(HRESULT (*scenario)(void));

#endif
