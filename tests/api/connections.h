/* SPDX-License-Identifier: MIT */
/* IConnectionLimit for tests. Every function fails the test when it cannot. */
#ifndef WINRT_TEST_API_CONNECTIONS_H
#define WINRT_TEST_API_CONNECTIONS_H

#include "fixture.h"

/* The process's: the class object of BackgroundDownloader. The caller's reference. */
void *connections_process(void);

/* MaxConnections of any object that has it. */
void connection_limit(void *object, UINT32 connections);
UINT32 connection_limit_of(void *object);

/* That it may not be that many. */
void connection_limit_refused(void *object, UINT32 connections);

#endif
