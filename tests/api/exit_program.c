/* SPDX-License-Identifier: MIT */
/*
 * A program that ends amid transfers: exit_program main|handler URL NOTIFICATIONS. It starts 20
 * downloads of URL and calls exit(EXIT_CODE) as soon as that many progress notifications have come:
 * on the main thread, or inside the handler.
 */
#include "fixture.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <roapi.h>

#include "environment.h"
#include "exit_program.h"

#define DOWNLOADS 20

static IDownloadOperation *operations[DOWNLOADS];
static download_async *asyncs[DOWNLOADS];
static struct recorder *recorder;
static unsigned notifications;
static atomic_bool all_started; /* from then on nothing but the exit itself can fail */
static atomic_flag exiting = ATOMIC_FLAG_INIT;

static void handler(void *context, const struct recorder_call *call)
{
    (void)context;
    (void)call;
    if (atomic_load(&all_started) && recorder_count(recorder) >= notifications &&
        !atomic_flag_test_and_set(&exiting))
        exit(EXIT_PROGRAM_CODE);
}

int main(int argc, char **argv)
{
    bool in_handler;
    char name[20];

    if (argc != 4)
        return 2;
    in_handler = !strcmp(argv[1], "handler");
    notifications = (unsigned)strtoul(argv[3], NULL, 10);
    test_setenv("WINRT_MAX_TRANSFERS", "20");
    trust_test_authority();
    check_ok(RoInitialize(RO_INIT_MULTITHREADED));
    recorder = recorder_create(RECORDER_INTERFACE, NULL);
    if (in_handler)
        recorder_on_call(recorder, handler, NULL);
    for (int i = 0; i < DOWNLOADS; i++) {
        snprintf(name, sizeof(name), "%d.bin", i);
        operations[i] = download_new(NULL, argv[2], name);
        asyncs[i] = download_start(operations[i]);
        check_ok(IAsyncOperationWithProgress_DownloadOperation_DownloadOperation_put_Progress(
            asyncs[i], recorder_delegate(recorder)));
    }
    atomic_store(&all_started, true);
    recorder_wait(recorder, in_handler ? UINT_MAX : notifications);
    exit(EXIT_PROGRAM_CODE);
}
