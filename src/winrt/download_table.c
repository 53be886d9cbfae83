/* SPDX-License-Identifier: MIT */
#include "download_table.h"

#include <string.h>

#include "src/port/memory.h"
#include "src/port/threads.h"

#define FIRST_SIZE 64 /* chains; a power of two */

static struct download_operation *first_chains[FIRST_SIZE];

static struct {
    struct mutex mutex; /* of all of it, and of the operations' next_known */
    struct download_operation **chains;
    size_t size; /* a power of two */
    size_t count;
} table = { .mutex = MUTEX_INITIALIZER, .chains = first_chains, .size = FIRST_SIZE };

/* GUIDs are random enough to be their own hash. */
static struct download_operation **chain_of(struct download_operation **chains, size_t size,
                                            struct transfer *transfer)
{
    struct transfer_id id;
    uint64_t hash;

    transfer_get_id(transfer, &id);
    memcpy(&hash, id.bytes + sizeof(id.bytes) - sizeof(hash), sizeof(hash));
    return &chains[hash & (size - 1)];
}

static bool is_same_transfer(struct transfer *one, struct transfer *other)
{
    struct transfer_id one_id, other_id;

    if (one == other)
        return true;
    transfer_get_id(one, &one_id);
    transfer_get_id(other, &other_id);
    return !memcmp(&one_id, &other_id, sizeof(one_id));
}

/* One that is on its way out is passed over: it is in here until its destroy function has had the
 * lock. */
static struct download_operation *find(struct transfer *transfer)
{
    struct download_operation *known = *chain_of(table.chains, table.size, transfer);

    while (known &&
           !(is_same_transfer(known->transfer, transfer) && object_try_addref(&known->object)))
        known = known->next_known;
    return known;
}

/* Without memory the chains just become longer. */
static void grow(void)
{
    const size_t size = table.size * 2;
    struct download_operation **chains =
        memory_zalloc_array(size, sizeof(struct download_operation *));

    if (!chains)
        return;
    for (size_t i = 0; i < table.size; i++) {
        while (table.chains[i]) {
            struct download_operation *known = table.chains[i];
            struct download_operation **chain = chain_of(chains, size, known->transfer);

            table.chains[i] = known->next_known;
            known->next_known = *chain;
            *chain = known;
        }
    }
    if (table.chains != first_chains)
        memory_free(table.chains);
    table.chains = chains;
    table.size = size;
}

/* The table of a process that has let go of everything takes no memory. */
static void shrink(void)
{
    if (table.count || table.chains == first_chains)
        return;
    memory_free(table.chains);
    table.chains = first_chains;
    table.size = FIRST_SIZE;
}

struct download_operation *download_table_find(struct transfer *transfer)
{
    struct download_operation *known;

    mutex_lock(&table.mutex);
    known = find(transfer);
    mutex_unlock(&table.mutex);
    return known;
}

struct download_operation *download_table_add(struct download_operation *operation)
{
    struct download_operation *known, **chain;

    mutex_lock(&table.mutex);
    known = find(operation->transfer);
    if (!known) {
        if (table.count >= table.size)
            grow();
        chain = chain_of(table.chains, table.size, operation->transfer);
        operation->next_known = *chain;
        *chain = operation;
        table.count++;
    }
    mutex_unlock(&table.mutex);
    return known;
}

void download_table_remove(struct download_operation *operation)
{
    struct download_operation **link;

    mutex_lock(&table.mutex);
    link = chain_of(table.chains, table.size, operation->transfer);
    while (*link && *link != operation)
        link = &(*link)->next_known;
    if (*link) {
        *link = operation->next_known;
        table.count--;
        shrink();
    }
    mutex_unlock(&table.mutex);
}
