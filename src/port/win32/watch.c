/* SPDX-License-Identifier: MIT */
/*
 * FindFirstChangeNotification, and one thread a watch, which sleeps until that or the end is
 * signalled. It tells less than ReadDirectoryChangesW, has no buffer that overflows, and needs no
 * more.
 */
#include "src/port/watch.h"

#include <windows.h>

#include "file_status.h"
#include "src/port/memory.h"
#include "src/port/threads.h"
#include "wide_path.h"

#define CHANGES                                                                             \
    (FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_DIR_NAME | FILE_NOTIFY_CHANGE_SIZE | \
     FILE_NOTIFY_CHANGE_LAST_WRITE)

struct folder_watch {
    void (*changed)(void *context);
    void *context;
    HANDLE notify; /* or INVALID_HANDLE_VALUE */
    HANDLE stop;   /* or NULL */
    HANDLE ended;  /* or NULL */
};

static void watch_run(void *argument)
{
    struct folder_watch *watch = argument;
    HANDLE handles[] = { watch->stop, watch->notify };

    /* Asked for before the handler runs, so that nothing goes unseen meanwhile. When the folder is
       gone there is nothing more to tell. */
    while (WaitForMultipleObjects(2, handles, FALSE, INFINITE) == WAIT_OBJECT_0 + 1) {
        BOOL goes_on = FindNextChangeNotification(watch->notify);

        watch->changed(watch->context);
        if (!goes_on)
            break;
    }
    SetEvent(watch->ended);
}

static void watch_free(struct folder_watch *watch)
{
    if (watch->notify != INVALID_HANDLE_VALUE)
        FindCloseChangeNotification(watch->notify);
    if (watch->stop)
        CloseHandle(watch->stop);
    if (watch->ended)
        CloseHandle(watch->ended);
    memory_free(watch);
}

static enum port_status watch_init(struct folder_watch *watch, const char *path)
{
    struct wide_path wide;
    enum port_status status = wide_path_init(&wide, path);

    if (!status) {
        watch->notify = FindFirstChangeNotificationW(wide.text, FALSE, CHANGES);
        if (watch->notify == INVALID_HANDLE_VALUE)
            status = file_status(GetLastError(), wide.text);
    }
    wide_path_free(&wide);
    if (status)
        return status;
    watch->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    watch->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!watch->stop || !watch->ended)
        return PORT_NO_HANDLES;
    return thread_start("winrt-watch", watch_run, watch);
}

enum port_status watch_folder(const char *path, void (*changed)(void *context), void *context,
                              struct folder_watch **ret)
{
    struct folder_watch *watch = memory_zalloc(sizeof(*watch));
    enum port_status status;

    *ret = NULL;
    if (!watch)
        return PORT_NO_MEMORY;
    watch->changed = changed;
    watch->context = context;
    watch->notify = INVALID_HANDLE_VALUE;
    status = watch_init(watch, path);
    if (status)
        watch_free(watch);
    else
        *ret = watch;
    return status;
}

void watch_folder_end(struct folder_watch *watch)
{
    if (!watch)
        return;
    SetEvent(watch->stop);
    WaitForSingleObject(watch->ended, INFINITE);
    watch_free(watch);
}
