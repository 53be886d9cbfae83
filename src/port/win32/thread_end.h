/* SPDX-License-Identifier: MIT */
#ifndef WINRT_PORT_WIN32_THREAD_END_H
#define WINRT_PORT_WIN32_THREAD_END_H

/* Calls what thread_at_end was given on this thread, if anything. For thread_start. */
void thread_end_run(void);

#endif
