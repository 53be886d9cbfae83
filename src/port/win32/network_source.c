/* SPDX-License-Identifier: MIT */
/*
 * One thread, in an apartment of its own choice, which sleeps until the network list manager or the
 * end has something to tell.
 */
#include "src/port/network_source.h"

#include <windows.h>

#include "network_list.h"
#include "src/port/memory.h"
#include "src/port/threads.h"

/* Whoever starts the first transfer waits that long at most. */
#define FIRST_ANSWER_MS 100

struct network_source {
    void (*changed)(void *context);
    void *context;
    HANDLE stop, known, ended;
    struct mutex mutex; /* for what follows */
    struct network_state state;
};

/* Whether that is news. */
static bool publish(struct network_source *source, const struct network_state *state)
{
    bool news;

    mutex_lock(&source->mutex);
    news = state->online != source->state.online || state->cost != source->state.cost;
    source->state = *state;
    mutex_unlock(&source->mutex);
    SetEvent(source->known);
    return news;
}

static void follow(struct network_source *source, struct network_list *list)
{
    HANDLE handles[] = { source->stop, network_list_changed(list) };
    struct network_state state;

    do {
        network_list_get(list, &state);
        if (publish(source, &state))
            source->changed(source->context);
    } while (WaitForMultipleObjects(2, handles, FALSE, INFINITE) == WAIT_OBJECT_0 + 1);
}

/* Where there is no list manager the state stays online. */
static void source_run(void *argument)
{
    struct network_source *source = argument;
    HRESULT hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    struct network_list *list = SUCCEEDED(hr) ? network_list_create() : NULL;

    if (list)
        follow(source, list);
    network_list_free(list);
    if (SUCCEEDED(hr))
        CoUninitialize();
    SetEvent(source->known);
    SetEvent(source->ended);
}

static void close_handle(HANDLE handle)
{
    if (handle)
        CloseHandle(handle);
}

static void source_free(struct network_source *source)
{
    close_handle(source->stop);
    close_handle(source->known);
    close_handle(source->ended);
    mutex_destroy(&source->mutex);
    memory_free(source);
}

/* Without a thread the state stays online. */
enum port_status network_source_start(void (*changed)(void *context), void *context,
                                      struct network_source **ret)
{
    struct network_source *source = memory_zalloc(sizeof(*source));

    *ret = NULL;
    if (!source)
        return PORT_NO_MEMORY;
    mutex_init(&source->mutex);
    source->changed = changed;
    source->context = context;
    source->state.online = true;
    source->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    source->known = CreateEventW(NULL, TRUE, FALSE, NULL);
    source->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!source->stop || !source->known || !source->ended) {
        source_free(source);
        return PORT_NO_MEMORY;
    }
    if (thread_start("winrt-network", source_run, source))
        SetEvent(source->ended);
    else
        WaitForSingleObject(source->known, FIRST_ANSWER_MS);
    *ret = source;
    return PORT_OK;
}

void network_source_get(struct network_source *source, struct network_state *ret)
{
    mutex_lock(&source->mutex);
    *ret = source->state;
    mutex_unlock(&source->mutex);
}

void network_source_stop(struct network_source *source)
{
    if (!source)
        return;
    SetEvent(source->stop);
    WaitForSingleObject(source->ended, INFINITE);
    source_free(source);
}
