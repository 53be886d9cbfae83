/* SPDX-License-Identifier: MIT */
#include "power_disk.h"

#include <stdlib.h>
#include <string.h>

#include "power_files.h"
#include "src/port/clock.h"

/* How long a sync takes at least. */
#define SYNC_NS 30000

static struct power_disk *in_use;

void power_disk_init(struct power_disk *disk, struct power_trace *trace)
{
    memset(disk, 0, sizeof(*disk));
    mutex_init(&disk->mutex);
    condition_init(&disk->changed);
    power_image_init(&disk->image);
    disk->trace = trace;
    if (trace)
        memset(trace, 0, sizeof(*trace));
}

void power_disk_init_with(struct power_disk *disk, struct power_image *image)
{
    memset(disk, 0, sizeof(*disk));
    mutex_init(&disk->mutex);
    condition_init(&disk->changed);
    disk->image = *image;
    memset(image, 0, sizeof(*image));
}

void power_disk_free(struct power_disk *disk)
{
    power_image_free(&disk->image);
    free(disk->undurable);
    condition_destroy(&disk->changed);
    mutex_destroy(&disk->mutex);
}

void power_trace_free(struct power_trace *trace)
{
    for (size_t i = 0; i < trace->count; i++)
        free(trace->steps[i].data);
    free(trace->steps);
    memset(trace, 0, sizeof(*trace));
}

void power_disk_use(struct power_disk *disk)
{
    in_use = disk;
    /* For good: handles of an earlier disk may still be closed. */
    file_set_ops(&power_files);
}

void power_disk_leave(struct power_disk *disk)
{
    static struct power_disk *kept;

    free(disk->undurable);
    disk->undurable = NULL;
    disk->trace = NULL;
    if (disk->killed) {
        disk->next = kept;
        kept = disk;
        return;
    }
    power_disk_free(disk);
    free(disk);
}

struct power_disk *power_disk_in_use(void)
{
    return in_use;
}

static void note_undurable(struct power_disk *disk, uint32_t step)
{
    if (disk->undurable_count == disk->undurable_room) {
        disk->undurable_room = disk->undurable_room ? disk->undurable_room * 2 : 256;
        disk->undurable = realloc(disk->undurable, disk->undurable_room * sizeof(*disk->undurable));
        if (!disk->undurable)
            abort();
    }
    disk->undurable[disk->undurable_count++] = step;
}

struct power_step *power_record(struct power_disk *disk, enum power_kind kind)
{
    struct power_trace *trace = disk->trace;
    struct power_step *step;

    if (!trace)
        return NULL;
    if (trace->count == trace->room) {
        trace->room = trace->room ? trace->room * 2 : 1024;
        trace->steps = realloc(trace->steps, trace->room * sizeof(*trace->steps));
        if (!trace->steps)
            abort();
    }
    step = &trace->steps[trace->count];
    memset(step, 0, sizeof(*step));
    step->kind = kind;
    step->durable = POWER_NEVER;
    if (kind <= POWER_RENAME)
        note_undurable(disk, (uint32_t)trace->count);
    trace->count++;
    return step;
}

static bool is_covered(const struct power_step *step, const struct power_step *sync)
{
    switch (sync->kind) {
    case POWER_SYNC:
    case POWER_SYNC_ALL:
        return step->kind <= POWER_RESIZE && step->node == sync->node;
    case POWER_SYNC_FOLDER:
        return step->kind == POWER_RENAME ? step->folder_to == sync->node
                                          : step->kind > POWER_RESIZE && step->folder == sync->node;
    default:
        return true;
    }
}

static void hold_for_ever(struct power_disk *disk)
{
    disk->held++;
    condition_broadcast(&disk->changed);
    for (;;)
        condition_wait(&disk->changed, &disk->mutex);
}

void power_record_sync(struct power_disk *disk, enum power_kind kind, uint32_t node)
{
    uint32_t begun = disk->trace ? (uint32_t)disk->trace->count : 0;
    struct power_step *sync;
    size_t kept = 0;

    if (disk->slow && !disk->frozen)
        condition_wait_until(&disk->changed, &disk->mutex, clock_monotonic_ns() + SYNC_NS);
    if (disk->frozen)
        hold_for_ever(disk);
    sync = power_record(disk, kind);
    if (!sync)
        return;
    sync->node = node;
    sync->begun = begun;
    for (size_t i = 0; i < disk->undurable_count; i++) {
        uint32_t number = disk->undurable[i];
        struct power_step *step = &disk->trace->steps[number];

        if (number < begun && is_covered(step, sync))
            step->durable = (uint32_t)(sync - disk->trace->steps);
        else
            disk->undurable[kept++] = number;
    }
    disk->undurable_count = kept;
}

void power_mark(unsigned mark, uint64_t first, uint64_t second)
{
    struct power_disk *disk = in_use;
    struct power_step *step;

    mutex_lock(&disk->mutex);
    step = power_record(disk, POWER_MARK);
    if (step) {
        step->mark = mark;
        step->values[0] = first;
        step->values[1] = second;
    }
    mutex_unlock(&disk->mutex);
}

void power_freeze(void)
{
    struct power_disk *disk = in_use;

    mutex_lock(&disk->mutex);
    disk->frozen = true;
    mutex_unlock(&disk->mutex);
}

void power_kill(void)
{
    struct power_disk *disk = in_use;

    mutex_lock(&disk->mutex);
    while (!disk->held)
        condition_wait(&disk->changed, &disk->mutex);
    disk->held = 0;
    disk->killed = true;
    disk->frozen = false;
    for (size_t i = 0; i < disk->image.node_count; i++)
        disk->image.nodes[i].locked = false;
    mutex_unlock(&disk->mutex);
}
