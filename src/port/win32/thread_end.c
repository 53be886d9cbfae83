/* SPDX-License-Identifier: MIT */
/*
 * The end of a thread is the end of the function that thread_start calls. What libraries free after
 * that they free in DLL_THREAD_DETACH or FlsAlloc callbacks, under locks of the system's, which
 * keep them and the end of the process apart.
 */
#include "thread_end.h"

#include <windows.h>

#include "src/port/threads.h"

static DWORD slot = TLS_OUT_OF_INDEXES;

static void make_slot(void)
{
    slot = TlsAlloc();
}

static void prepare(void)
{
    static struct once made = ONCE_INITIALIZER;

    once_run(&made, make_slot);
}

enum port_status thread_at_end(struct thread_end *end)
{
    prepare();
    end->passed = false;
    return slot != TLS_OUT_OF_INDEXES && TlsSetValue(slot, end) ? PORT_OK : PORT_NO_MEMORY;
}

void thread_end_run(void)
{
    struct thread_end *end;

    prepare();
    end = slot == TLS_OUT_OF_INDEXES ? NULL : TlsGetValue(slot);
    if (end) {
        end->passed = true;
        end->run(end);
    }
}
