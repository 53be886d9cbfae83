/* SPDX-License-Identifier: MIT */
/*
 * The groups that this process has objects of, by name. One is forgotten with its last reference:
 * the store remembers what has to be.
 *
 * Two locks, `files` before `table`: whoever reads or changes what is stored holds the first, so
 * that what is read late does not undo what was set meanwhile, and the engine's thread, which takes
 * the second only, never waits for a file.
 */
#include <stdatomic.h>
#include <string.h>

#include "engine_store.h"
#include "runtime.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "src/port/threads.h"
#include "src/store/group_values.h"
#include "transfer_group.h"

#define BUCKETS 1024

struct transfer_group {
    atomic_uint references; /* the last one goes with the table locked */
    atomic_uint behavior;   /* enum transfer_group_behavior */

    struct transfer_group *next; /* in its bucket */
    struct transfer_group *next_changed, *previous_changed;
    bool changed; /* the scheduler does not know the behaviour yet */

    struct scheduler_group scheduling; /* engine's thread */
    struct speed_limit speed;
    char name[];
};

static struct mutex files = MUTEX_INITIALIZER;
static struct mutex table = MUTEX_INITIALIZER; /* over these */
static struct transfer_group *buckets[BUCKETS];
static struct transfer_group *first_changed;

/* FNV-1a */
static struct transfer_group **bucket_of(const char *name)
{
    uint32_t hash = 2166136261u;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return &buckets[hash % BUCKETS];
}

/* With a reference; NULL if there is none. The table is locked. */
static struct transfer_group *find_locked(const char *name)
{
    struct transfer_group *group = *bucket_of(name);

    while (group && strcmp(group->name, name))
        group = group->next;
    if (group)
        transfer_group_addref(group);
    return group;
}

static struct transfer_group *find(const char *name)
{
    struct transfer_group *group;

    mutex_lock(&table);
    group = find_locked(name);
    mutex_unlock(&table);
    return group;
}

/* What is stored of a group. */
struct group_state {
    enum transfer_group_behavior behavior;
    uint64_t bytes_per_second;
};

static struct transfer_group *add_locked(const char *name, const struct group_state *state)
{
    struct transfer_group **bucket = bucket_of(name), *group;
    size_t size = strlen(name) + 1;

    group = memory_zalloc(sizeof(*group) + size);
    if (!group)
        return NULL;
    memcpy(group->name, name, size);
    atomic_init(&group->references, 1);
    atomic_init(&group->behavior, state->behavior);
    group->scheduling.serialized = state->behavior == TRANSFER_GROUP_SERIALIZED;
    speed_limit_set(&group->speed, state->bytes_per_second);
    group->next = *bucket;
    *bucket = group;
    return group;
}

/* Whether the scheduler has to be told. */
static bool change_locked(struct transfer_group *group, enum transfer_group_behavior behavior)
{
    if (atomic_exchange(&group->behavior, behavior) == behavior)
        return false;
    if (!group->changed) {
        group->changed = true;
        group->previous_changed = NULL;
        group->next_changed = first_changed;
        if (first_changed)
            first_changed->previous_changed = group;
        first_changed = group;
    }
    return true;
}

static void take_off_changed_locked(struct transfer_group *group)
{
    if (group->previous_changed)
        group->previous_changed->next_changed = group->next_changed;
    else
        first_changed = group->next_changed;
    if (group->next_changed)
        group->next_changed->previous_changed = group->previous_changed;
    group->changed = false;
}

static void forget_locked(struct transfer_group *group)
{
    struct transfer_group **place = bucket_of(group->name);

    while (*place != group)
        place = &(*place)->next;
    *place = group->next;
    if (group->changed)
        take_off_changed_locked(group);
}

static enum port_status read_state(const char *name, struct group_state *ret)
{
    struct value_set *values = NULL;
    enum port_status status;
    struct store *store = engine_store(&status);

    *ret = (struct group_state){ .behavior = TRANSFER_GROUP_PARALLEL };
    if (!store)
        return status;
    status = store_get_group(store, name, &values);
    if (!status && value_set_get_dword(values, GROUP_BEHAVIOR, TRANSFER_GROUP_PARALLEL) ==
                       TRANSFER_GROUP_SERIALIZED)
        ret->behavior = TRANSFER_GROUP_SERIALIZED;
    if (!status)
        ret->bytes_per_second = value_set_get_qword(values, GROUP_MAX_SPEED, 0);
    value_set_free(values);
    return status == PORT_NOT_FOUND ? PORT_OK : status;
}

static enum port_status write_state(const char *name, const struct group_state *state)
{
    struct value_set *values = NULL;
    enum port_status status;
    struct store *store = engine_store(&status);

    if (!store)
        return status;
    status = value_set_create(&values);
    if (!status)
        status = value_set_put_dword(values, GROUP_BEHAVIOR, state->behavior);
    if (!status && state->bytes_per_second)
        status = value_set_put_qword(values, GROUP_MAX_SPEED, state->bytes_per_second);
    if (!status)
        status = store_put_group(store, name, values);
    value_set_free(values);
    return status;
}

/* The object of the name gets this state; made if there is none. */
static enum port_status provide(const char *name, const struct group_state *state,
                                struct transfer_group **ret)
{
    bool other_behavior = false, other_speed = false;

    mutex_lock(&table);
    *ret = find_locked(name);
    if (*ret) {
        other_behavior = change_locked(*ret, state->behavior);
        other_speed = speed_limit_get(&(*ret)->speed) != state->bytes_per_second;
        speed_limit_set(&(*ret)->speed, state->bytes_per_second);
    } else {
        *ret = add_locked(name, state);
    }
    mutex_unlock(&table);
    if (other_behavior)
        engine_groups_changed();
    if (other_speed)
        engine_limits_changed();
    return *ret ? PORT_OK : PORT_NO_MEMORY;
}

static enum port_status check(const char *name)
{
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    return *name ? PORT_OK : PORT_INVALID;
}

enum port_status transfer_group_create(const char *name, struct transfer_group **ret)
{
    enum port_status status = check(name);
    struct group_state state;

    *ret = NULL;
    if (status)
        return status;
    mutex_lock(&files);
    status = read_state(name, &state);
    if (!status)
        status = provide(name, &state, ret);
    mutex_unlock(&files);
    return status;
}

enum port_status transfer_group_open(const char *name, struct transfer_group **ret)
{
    enum port_status status = check(name);
    struct group_state state;

    *ret = NULL;
    if (status)
        return status;
    *ret = find(name);
    if (*ret)
        return PORT_OK;
    mutex_lock(&files);
    *ret = find(name);
    if (!*ret) {
        /* A transfer is worth more than the order in which it runs. */
        read_state(name, &state);
        status = provide(name, &state, ret);
    }
    mutex_unlock(&files);
    return status;
}

void transfer_group_addref(struct transfer_group *group)
{
    atomic_fetch_add(&group->references, 1);
}

void transfer_group_release(struct transfer_group *group)
{
    unsigned references = group ? atomic_load(&group->references) : 0;
    bool last;

    while (references > 1) {
        if (atomic_compare_exchange_weak(&group->references, &references, references - 1))
            return;
    }
    /* In a forked child the table may be locked for good. */
    if (!group || process_is_forked_child())
        return;
    mutex_lock(&table);
    last = atomic_fetch_sub(&group->references, 1) == 1;
    if (last)
        forget_locked(group);
    mutex_unlock(&table);
    if (last)
        memory_free(group);
}

const char *transfer_group_get_name(const struct transfer_group *group)
{
    return group->name;
}

enum port_status transfer_group_set_behavior(struct transfer_group *group,
                                             enum transfer_group_behavior behavior)
{
    enum port_status status = PORT_OK;
    struct group_state state;
    bool news = false;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&files);
    /* Also one that it has already, as far as we know: another process may have changed it. */
    status = read_state(group->name, &state);
    state.behavior = behavior;
    if (!status)
        status = write_state(group->name, &state);
    if (!status) {
        mutex_lock(&table);
        news = change_locked(group, behavior);
        mutex_unlock(&table);
    }
    mutex_unlock(&files);
    if (news)
        engine_groups_changed();
    return status;
}

enum port_status transfer_group_set_speed_limit(struct transfer_group *group,
                                                uint64_t bytes_per_second)
{
    enum port_status status;
    struct group_state state;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&files);
    status = read_state(group->name, &state);
    state.bytes_per_second = bytes_per_second;
    if (!status)
        status = write_state(group->name, &state);
    if (!status)
        speed_limit_set(&group->speed, bytes_per_second);
    mutex_unlock(&files);
    if (!status)
        engine_limits_changed();
    return status;
}

uint64_t transfer_group_get_speed_limit(const struct transfer_group *group)
{
    return speed_limit_get(&group->speed);
}

struct speed_limit *transfer_group_speed(struct transfer_group *group)
{
    return &group->speed;
}

enum transfer_group_behavior transfer_group_get_behavior(const struct transfer_group *group)
{
    return (enum transfer_group_behavior)atomic_load(&group->behavior);
}

struct scheduler_group *transfer_group_scheduling(struct transfer_group *group)
{
    return &group->scheduling;
}

void transfer_groups_apply(struct scheduler *scheduler)
{
    struct transfer_group *group;

    mutex_lock(&table);
    while ((group = first_changed)) {
        take_off_changed_locked(group);
        scheduler_set_serialized(scheduler, &group->scheduling,
                                 transfer_group_get_behavior(group) == TRANSFER_GROUP_SERIALIZED);
    }
    mutex_unlock(&table);
}
