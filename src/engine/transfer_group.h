/* SPDX-License-Identifier: MIT */
/*
 * A group of transfers, by name: BackgroundTransferGroup below its COM edge. There is one object a
 * name in a process, and its behaviour and speed limit are in the store, the same for all instances
 * of the app. Any thread. docs/scheduling.md, docs/speed-limits.md
 */
#ifndef WINRT_ENGINE_TRANSFER_GROUP_H
#define WINRT_ENGINE_TRANSFER_GROUP_H

#include "scheduler.h"
#include "speed_limit.h"
#include "src/port/status.h"

/* In the store for good: numbers never change their meaning. */
enum transfer_group_behavior {
    TRANSFER_GROUP_PARALLEL = 0,
    TRANSFER_GROUP_SERIALIZED = 1, /* of those with default priority one runs at a time */
    TRANSFER_GROUP_BEHAVIORS
};

struct transfer_group;

/*
 * That of the name, with a reference, and with the behaviour that the store has now, since another
 * process may have changed it; parallel if it has none. Nothing is stored. Names are compared byte
 * by byte. PORT_INVALID for an empty name; PORT_NOT_SUPPORTED in a forked child; PORT_NO_MEMORY, or
 * as store_get_group. Works through files: not on the engine's thread.
 */
enum port_status transfer_group_create(const char *name, struct transfer_group **ret);

/* The same for a transfer that is restored: a group that is known already is taken as it is, and
 * one whose behaviour cannot be read is parallel. */
enum port_status transfer_group_open(const char *name, struct transfer_group **ret);

void transfer_group_addref(struct transfer_group *group);
void transfer_group_release(struct transfer_group *group); /* NULL is fine */

const char *transfer_group_get_name(const struct transfer_group *group); /* as long as the group */

/* Counts for what starts to run from now on. In the store when the call returns; fails as
 * transfer_group_create, and nothing has changed then. Works through files. */
enum port_status transfer_group_set_behavior(struct transfer_group *group,
                                             enum transfer_group_behavior behavior);
enum transfer_group_behavior transfer_group_get_behavior(const struct transfer_group *group);

/* Bytes of bodies a second for all its transfers of this process together; 0: no limit. Counts at
 * once; else as transfer_group_set_behavior. */
enum port_status transfer_group_set_speed_limit(struct transfer_group *group,
                                                uint64_t bytes_per_second);
uint64_t transfer_group_get_speed_limit(const struct transfer_group *group);
struct speed_limit *transfer_group_speed(struct transfer_group *group);

/* The scheduler's part of it; engine's thread. */
struct scheduler_group *transfer_group_scheduling(struct transfer_group *group);

/* Tells the scheduler of the groups whose behaviour has changed since the last time. Engine's
 * thread, after engine_groups_changed. */
void transfer_groups_apply(struct scheduler *scheduler);

#endif
