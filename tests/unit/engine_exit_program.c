/* SPDX-License-Identifier: MIT */
/*
 * A program that ends amid transfers: engine_exit_program main|thread ROUND. It starts 20 transfers
 * and calls exit(0), on the main thread or on another one, when the round's number of bytes has
 * come for one of them.
 */
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "engine_watch.h"
#include "environment.h"
#include "servers.h"
#include "test_thread.h"

#define TRANSFERS 20

static struct watch watches[TRANSFERS];

static void exit_here(void *argument)
{
    (void)argument;
    exit(0);
}

int main(int argc, char **argv)
{
    unsigned round;

    if (argc != 3)
        return 2;
    round = (unsigned)strtoul(argv[2], NULL, 10) % TRANSFERS;
    test_setenv("SSL_CERT_FILE", server_path("CA_FILE"));
    test_setenv("WINRT_MAX_TRANSFERS", "20");
    for (int i = 0; i < TRANSFERS; i++) {
        watch_create(&watches[i], server_url("NGINX_HTTPS", "/rate/64m.bin"), NULL);
        watch_start(&watches[i]);
    }
    if (round)
        watch_wait_bytes(&watches[round], (uint64_t)round * 1000);
    if (!strcmp(argv[1], "thread"))
        test_thread_run(exit_here, NULL);
    exit(0);
}
