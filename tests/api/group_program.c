/* SPDX-License-Identifier: MIT */
/*
 * Another process of the app:
 *
 *     group_program get|set NAME 0|1            ends with 0 if the group has that behavior, or has
 *                                               got it
 *     group_program start NAME URL FILE TOKEN   starts a download in the group, and ends when the
 *                                               server has got its request
 */
#include "groups.h"

#include <stdlib.h>
#include <string.h>

#include <roapi.h>

/* The download goes on, though nobody holds anything of it. */
static int start(IBackgroundTransferGroup *group, const char *url, const char *file,
                 const char *token)
{
    IBackgroundDownloader *downloader = group_downloader(group);
    IDownloadOperation *operation = download_new(downloader, url, file);
    download_async *async = download_start(operation);

    release_ref(async);
    release_ref(operation);
    release_ref(downloader);
    release_ref(group);
    return http_get(server_url("FAULT_HTTP", "/arrived/%s", token), NULL, 0) == 200 ? 0 : 1;
}

int main(int argc, char **argv)
{
    IBackgroundTransferGroup *group;
    BackgroundTransferBehavior behavior;
    int result;

    if (argc < 4)
        return 2;
    check_ok(RoInitialize(RO_INIT_MULTITHREADED));
    group = group_new(argv[2]);
    if (argc == 6)
        return start(group, argv[3], argv[4], argv[5]);
    behavior = (BackgroundTransferBehavior)strtoul(argv[3], NULL, 10);
    if (!strcmp(argv[1], "set"))
        group_set(group, behavior);
    result = group_get(group) == behavior ? 0 : 1;
    release_ref(group);
    return result;
}
