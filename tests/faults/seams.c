/* SPDX-License-Identifier: MIT */
#include "seams.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "seams_internal.h"
#include "src/engine/network.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "trace.h"

static struct {
    _Atomic enum fault_kind kind;
    atomic_uint first, calls;
    atomic_bool lasting, reached;
    const char *_Atomic call;
} plan;

static _Thread_local bool exempt;
static bool tracing;

static struct {
    atomic_long blocks, files, handles, lists;
} taken;

const char *fault_kind_name(enum fault_kind kind)
{
    static const char *const names[FAULT_KIND_MAX] = {
        [FAULT_NONE] = "nothing",     [FAULT_MEMORY] = "memory",   [FAULT_DISK_FULL] = "disk full",
        [FAULT_IO] = "input, output", [FAULT_HANDLES] = "handles", [FAULT_SHORT] = "short",
        [FAULT_NETWORK] = "libcurl",
    };

    return names[kind];
}

void faults_arm(const struct fault_plan *wanted)
{
    atomic_store(&plan.kind, FAULT_NONE);
    atomic_store(&plan.first, wanted->first);
    atomic_store(&plan.lasting, wanted->lasting);
    atomic_store(&plan.calls, 0);
    atomic_store(&plan.reached, false);
    atomic_store(&plan.call, "none");
    atomic_store(&plan.kind, wanted->kind);
}

void faults_disarm(void)
{
    atomic_store(&plan.kind, FAULT_NONE);
}

bool faults_reached(void)
{
    return atomic_load(&plan.reached);
}

unsigned faults_calls(void)
{
    return atomic_load(&plan.calls);
}

const char *faults_call(void)
{
    return atomic_load(&plan.call);
}

bool faults_wait_for_room(void)
{
    return atomic_load(&plan.kind) == FAULT_DISK_FULL && atomic_load(&plan.lasting);
}

void faults_exempt(bool wanted)
{
    exempt = wanted;
}

void faults_balance(struct fault_balance *ret)
{
    *ret = (struct fault_balance){
        .blocks = atomic_load(&taken.blocks),
        .files = atomic_load(&taken.files),
        .handles = atomic_load(&taken.handles),
        .lists = atomic_load(&taken.lists),
    };
}

bool fault_is_due(enum fault_kind kind, const char *call)
{
    unsigned number, first;

    if (atomic_load(&plan.kind) != kind || exempt)
        return false;
    number = atomic_fetch_add(&plan.calls, 1) + 1;
    first = atomic_load(&plan.first);
    if (number != first && !(atomic_load(&plan.lasting) && number > first))
        return false;
    if (!atomic_exchange(&plan.reached, true)) {
        atomic_store(&plan.call, call);
        if (tracing)
            trace_here();
    }
    return true;
}

void fault_note_files(int change)
{
    atomic_fetch_add(&taken.files, change);
}

void fault_note_handles(int change)
{
    atomic_fetch_add(&taken.handles, change);
}

void fault_note_lists(int change)
{
    atomic_fetch_add(&taken.lists, change);
}

static void *allocate(size_t size)
{
    void *block = fault_is_due(FAULT_MEMORY, "allocate") ? NULL : malloc(size);

    if (block)
        atomic_fetch_add(&taken.blocks, 1);
    if (block && tracing)
        trace_block(0, (uintptr_t)block);
    return block;
}

static void *resize(void *block, size_t size)
{
    volatile uintptr_t before = (uintptr_t)block; /* gcc takes a copy for the block itself */
    void *grown = fault_is_due(FAULT_MEMORY, "resize") ? NULL : realloc(block, size);

    if (grown && !before)
        atomic_fetch_add(&taken.blocks, 1);
    if (grown && tracing)
        trace_block(before, (uintptr_t)grown);
    return grown;
}

static void release(void *block)
{
    atomic_fetch_sub(&taken.blocks, 1);
    if (tracing)
        trace_block((uintptr_t)block, 0);
    free(block);
}

void faults_install(void)
{
    static const struct memory_ops memory = { allocate, resize, release };
    static struct network_ops network;

    tracing = trace_wanted();
    memory_set_ops(&memory);
    file_set_ops(&faulty_files);
    fault_network_ops(&network);
    network_set_ops(&network);
}
