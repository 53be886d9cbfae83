/* SPDX-License-Identifier: MIT */
/*
 * Waits for asynchronous objects by their Completed handler, never by polling. The object may be of
 * any instantiation: what is used of it (put_Completed, GetResults) stands in the same slot in all
 * of one form. A wait of more than TEST_WAIT_MS fails the test. An object can be awaited once,
 * since put_Completed can be called once.
 */
#ifndef WINRT_TEST_AWAIT_H
#define WINRT_TEST_AWAIT_H

#include <windows.h>
#include <asyncinfo.h>

/* The final status of an IAsyncAction or IAsyncOperation. */
#define await_operation(operation) await_at(operation, 0, __FILE__, __LINE__)

/* The final status of an IAsyncActionWithProgress or IAsyncOperationWithProgress. */
#define await_with_progress(operation) await_at(operation, 1, __FILE__, __LINE__)

/* Waits for an end that must be Completed, gets the results into *results (NULL for an action) and
   gives up the caller's reference to the operation. */
#define await_results(operation, results) \
    await_results_at(operation, 0, results, __FILE__, __LINE__)
#define await_results_with_progress(operation, results) \
    await_results_at(operation, 1, results, __FILE__, __LINE__)

/* Waits for an end that must be Error with this code from both ErrorCode and GetResults, and gives
   up the caller's reference to the operation. */
#define await_error(expected, operation) await_error_at(expected, operation, 0, __FILE__, __LINE__)
#define await_error_with_progress(expected, operation) \
    await_error_at(expected, operation, 1, __FILE__, __LINE__)

/* IAsyncInfo of any asynchronous object. */
AsyncStatus operation_status(void *operation);
HRESULT operation_error(void *operation);
void operation_cancel(void *operation);
void operation_close(void *operation);

AsyncStatus await_at(void *operation, int with_progress, const char *file, int line);
void await_results_at(void *operation, int with_progress, void *results, const char *file,
                      int line);
void await_error_at(HRESULT expected, void *operation, int with_progress, const char *file,
                    int line);

#endif
