/* SPDX-License-Identifier: MIT */
#include "winrt-shim/combase/handles.h"

#include "src/port/memory.h"

/*
 * A handle's bits, from the low end: two that are always zero, as programs expect, the slot's index
 * plus one, and the slot's generation, which changes with each use. They fit into 32 bits.
 */
#define INDEX_SHIFT      2
#define INDEX_BITS       20
#define GENERATION_SHIFT (INDEX_SHIFT + INDEX_BITS)
#define GENERATION_MASK  0x3ff
#define MAX_SLOTS        ((1u << INDEX_BITS) - 1)
#define FIRST_SLOTS      64

struct waitable *waitable_create(bool manual_reset, bool signaled)
{
    struct waitable *object = memory_zalloc(sizeof(*object));

    if (!object)
        return NULL;
    object->ref = 1;
    object->signaled = signaled;
    object->manual_reset = manual_reset;
    object->tail = &object->head;
    return object;
}

void waitable_addref(struct waitable *object)
{
    object->ref++;
}

void waitable_release(struct waitable *object)
{
    if (!--object->ref)
        memory_free(object);
}

static HANDLE encode(uint32_t index, uint32_t generation)
{
    uint32_t value = (generation & GENERATION_MASK) << GENERATION_SHIFT | (index + 1)
                                                                              << INDEX_SHIFT;

    return (HANDLE)(ULONG_PTR)value;
}

static struct handle_slot *find_slot(const struct runtime *runtime, HANDLE handle)
{
    ULONG_PTR value = (ULONG_PTR)handle;
    uint32_t number = (value >> INDEX_SHIFT) & MAX_SLOTS; /* index + 1 */
    struct handle_slot *slot;

    if (!number || number > runtime->slot_count)
        return NULL;
    slot = &runtime->slots[number - 1];
    return slot->object && encode(number - 1, slot->generation) == handle ? slot : NULL;
}

/* Makes free slots. False when there can be no more. */
static bool grow(struct runtime *runtime)
{
    uint32_t old_count = runtime->slot_count, i;
    uint32_t count = old_count ? old_count * 2 : FIRST_SLOTS;
    struct handle_slot *slots;

    if (count > MAX_SLOTS)
        count = MAX_SLOTS;
    if (count == old_count || !(slots = memory_resize(runtime->slots, count * sizeof(*slots))))
        return false;
    for (i = old_count; i < count; i++) {
        slots[i].object = NULL;
        slots[i].generation = runtime->first_generation;
        slots[i].next_free = i + 1 < count ? i + 2 : 0;
    }
    runtime->slots = slots;
    runtime->slot_count = count;
    runtime->first_free = old_count + 1;
    return true;
}

HANDLE handle_create(struct runtime *runtime, struct waitable *object)
{
    struct handle_slot *slot;
    uint32_t index;

    if (!runtime->first_free && !grow(runtime))
        return NULL;
    index = runtime->first_free - 1;
    slot = &runtime->slots[index];
    runtime->first_free = slot->next_free;
    slot->object = object;
    waitable_addref(object);
    return encode(index, slot->generation);
}

struct waitable *handle_find(const struct runtime *runtime, HANDLE handle)
{
    struct handle_slot *slot = find_slot(runtime, handle);

    return slot ? slot->object : NULL;
}

bool handle_close(struct runtime *runtime, HANDLE handle)
{
    struct handle_slot *slot = find_slot(runtime, handle);

    if (!slot)
        return false;
    waitable_release(slot->object);
    slot->object = NULL;
    slot->generation++;
    slot->next_free = runtime->first_free;
    runtime->first_free = (uint32_t)(slot - runtime->slots) + 1;
    return true;
}
