/* SPDX-License-Identifier: MIT */
#include "network_state.h"

#include "network_host.h"
#include "network_override.h"
#include "network_source.h"
#include "process.h"
#include "threads.h"

/* What holds where nobody knows better. */
#define ONLINE                                 \
    {                                          \
        true, NETWORK_COST_UNRESTRICTED, false \
    }

static struct mutex mutex = MUTEX_INITIALIZER; /* for all of these */
static struct network_state current = ONLINE;
static struct network_override *override;
static struct network_source *source;
static void (*changed)(void *context);
static void *changed_context;
static bool begun, watching; /* the second once the first is done */

static bool is_same(const struct network_state *one, const struct network_state *other)
{
    return one->online == other->online && one->cost == other->cost &&
           one->overridden == other->overridden;
}

/* Under the lock. */
static struct network_state judge(void)
{
    struct network_state state = ONLINE;

    if (!network_override_get(override, &state) && source)
        network_source_get(source, &state);
    return state;
}

/* While there is no network, a change of routes may have brought single hosts within reach, which
   network_state_reaches will tell. */
static void on_change(void *context)
{
    void (*call)(void *) = NULL;
    struct network_state state;
    void *call_context = NULL;

    (void)context;
    mutex_lock(&mutex);
    if (watching) {
        state = judge();
        if (!is_same(&state, &current) || (!state.online && !state.overridden)) {
            current = state;
            call = changed;
            call_context = changed_context;
        }
    }
    mutex_unlock(&mutex);
    if (call)
        call(call_context);
}

enum port_status network_state_watch(void (*new_changed)(void *context), void *context)
{
    struct network_override *new_override = NULL;
    struct network_source *new_source = NULL;
    enum port_status status;
    bool again;

    process_watch_fork();
    mutex_lock(&mutex);
    again = begun;
    begun = true;
    mutex_unlock(&mutex);
    if (again)
        return PORT_WRONG_STATE;
    status = network_override_start(on_change, NULL, &new_override);
    if (!status && !network_override_is_fixed(new_override))
        status = network_source_start(on_change, NULL, &new_source);
    mutex_lock(&mutex);
    if (status) {
        begun = false;
        mutex_unlock(&mutex);
        network_override_stop(new_override);
        return status;
    }
    override = new_override;
    source = new_source;
    changed = new_changed;
    changed_context = context;
    watching = true;
    current = judge();
    mutex_unlock(&mutex);
    return PORT_OK;
}

void network_state_get(struct network_state *ret)
{
    static const struct network_state online = ONLINE;

    /* The lock may have been another thread's when the child was made. */
    if (process_is_forked_child()) {
        *ret = online;
        return;
    }
    mutex_lock(&mutex);
    *ret = current;
    mutex_unlock(&mutex);
}

bool network_state_reaches(const struct network_state *state, const char *host)
{
    struct network_address address;

    if (state->online || state->overridden)
        return state->online;
    if (network_host_is_loopback(host))
        return true;
    return network_address_parse(host, &address) && network_source_has_route(&address);
}

void network_state_unwatch(void)
{
    static const struct network_state online = ONLINE;
    struct network_override *old_override;
    struct network_source *old_source;

    if (process_is_forked_child())
        return;
    mutex_lock(&mutex);
    old_override = override;
    old_source = source;
    override = NULL;
    source = NULL;
    begun = watching = false;
    current = online;
    mutex_unlock(&mutex);
    network_override_stop(old_override);
    network_source_stop(old_source);
}
