/* SPDX-License-Identifier: MIT */
/* The bytes of a transfer, for whoever reads them while they come or afterwards. */
#include <string.h>

#include "runtime.h"
#include "src/port/memory.h"
#include "src/port/process.h"
#include "transfer_internal.h"

static bool is_final(enum transfer_status status)
{
    return status == TRANSFER_COMPLETED || status == TRANSFER_CANCELED || status == TRANSFER_FAILED;
}

void transfer_close_reader(struct transfer *transfer)
{
    if (!transfer_file_is_in_the_way(transfer))
        return;
    open_file_release(transfer->reader);
    transfer->reader = NULL;
}

/* A reference to the one that all readers share; the path in *ret_path, which the caller frees, if
 * there is none. */
static enum port_status find_reader(struct transfer *transfer, struct open_file **ret,
                                    char **ret_path)
{
    enum port_status status = PORT_OK;

    *ret_path = NULL;
    mutex_lock(&transfer->mutex);
    *ret = transfer->reader;
    if (*ret)
        open_file_addref(*ret);
    else
        status = transfer->path ? PORT_OK : PORT_NOT_FOUND;
    if (!*ret && !status) {
        *ret_path = memory_strdup(transfer->path);
        status = *ret_path ? PORT_OK : PORT_NO_MEMORY;
    }
    mutex_unlock(&transfer->mutex);
    return status;
}

/* Opens it without the mutex, since a file may take its time, and shares it, unless somebody else
 * has done so meanwhile, or it is to be closed again at once. */
static enum port_status open_reader(struct transfer *transfer, const char *path,
                                    struct open_file **ret)
{
    enum port_status status = open_file_open(path, FILE_OPEN_READ, ret);

    if (status)
        return status;
    mutex_lock(&transfer->mutex);
    if (!transfer->reader &&
        !(is_final(transfer->progress.status) && transfer_file_is_in_the_way(transfer))) {
        open_file_addref(*ret);
        transfer->reader = *ret;
    }
    mutex_unlock(&transfer->mutex);
    return PORT_OK;
}

static enum port_status read_file(struct transfer *transfer, uint64_t position, void *buffer,
                                  size_t size, size_t *ret_count)
{
    struct open_file *reader;
    enum port_status status;
    char *path;

    status = find_reader(transfer, &reader, &path);
    if (!status && path)
        status = open_reader(transfer, path, &reader);
    memory_free(path);
    if (!status)
        status = file_read_at(reader->handle, position, buffer, size, ret_count);
    open_file_release(reader);
    return status;
}

/* Where what can be read from `position` on ends. With the mutex. */
static uint64_t end_at(const struct transfer *transfer, uint64_t position)
{
    if (!transfer_has_ranges(transfer))
        return transfer->progress.bytes_received;
    if (transfer->progress.status == TRANSFER_COMPLETED)
        return transfer->progress.total_bytes;
    return transfer->body ? range_set_end_at(&transfer->body->ranges, position) : position;
}

/* A copy of what was kept of an error's answer. With the mutex. */
static void read_error_body(const struct transfer *transfer, uint64_t position, void *buffer,
                            size_t size, size_t *ret_count, bool *ret_more)
{
    const struct error_body *body = transfer->error_body;

    *ret_more = false;
    if (!body || position >= body->size)
        return;
    if (size > body->size - position)
        size = (size_t)(body->size - position);
    memcpy(buffer, body->data + position, size);
    *ret_count = size;
    *ret_more = position + size < body->size;
}

enum port_status transfer_read(struct transfer *transfer, uint64_t position, void *buffer,
                               size_t size, size_t *ret_count, bool *ret_more)
{
    bool failed_by_status;
    uint64_t available;

    *ret_count = 0;
    *ret_more = false;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;

    mutex_lock(&transfer->mutex);
    failed_by_status = transfer->progress.status == TRANSFER_FAILED && transfer->error &&
                       transfer->error->code == TRANSFER_ERROR_HTTP_STATUS;
    available = end_at(transfer, position);
    *ret_more = !is_final(transfer->progress.status);
    if (failed_by_status)
        read_error_body(transfer, position, buffer, size, ret_count, ret_more);
    mutex_unlock(&transfer->mutex);

    if (failed_by_status || position >= available)
        return PORT_OK;
    if (size > available - position)
        size = (size_t)(available - position);
    if (size < available - position)
        *ret_more = true;
    return read_file(transfer, position, buffer, size, ret_count);
}

void transfer_demand(struct transfer *transfer, uint64_t position, uint64_t size)
{
    struct demand *demand;
    bool tell = false;

    if (process_is_forked_child() || !size)
        return;
    demand = memory_alloc(sizeof(*demand));
    mutex_lock(&transfer->mutex);
    /* Without memory the bytes come in their order. */
    if (demand && transfer->random_access && !is_final(transfer->progress.status)) {
        *demand = (struct demand){ transfer->demands, position, size };
        transfer->demands = demand;
        demand = NULL;
        tell = transfer->progress.started;
    }
    mutex_unlock(&transfer->mutex);
    memory_free(demand);
    if (tell)
        engine_submit(transfer, COMMAND_DEMAND);
}

void transfer_withdraw(struct transfer *transfer, uint64_t position, uint64_t size)
{
    struct demand **link, *found = NULL;

    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    for (link = &transfer->demands; *link && !found;) {
        if ((*link)->position == position && (*link)->size == size) {
            found = *link;
            *link = found->next;
        } else {
            link = &(*link)->next;
        }
    }
    mutex_unlock(&transfer->mutex);
    memory_free(found);
}

/* With the mutex. */
static enum port_status copy_ranges(const struct transfer *transfer, struct byte_range **ret,
                                    size_t *ret_count)
{
    struct byte_range whole = { 0, transfer->progress.bytes_received };
    const struct byte_range *ranges = &whole;
    size_t count = whole.length > 0;

    if (transfer_has_ranges(transfer) && transfer->progress.status != TRANSFER_COMPLETED) {
        ranges = transfer->body ? transfer->body->ranges.ranges : NULL;
        count = transfer->body ? transfer->body->ranges.count : 0;
    }
    if (!count)
        return PORT_OK;
    *ret = memory_dup(ranges, count * sizeof(*ranges));
    if (!*ret)
        return PORT_NO_MEMORY;
    *ret_count = count;
    return PORT_OK;
}

enum port_status transfer_get_ranges(struct transfer *transfer, struct byte_range **ret,
                                     size_t *ret_count)
{
    enum port_status status;

    *ret = NULL;
    *ret_count = 0;
    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    status = copy_ranges(transfer, ret, ret_count);
    mutex_unlock(&transfer->mutex);
    return status;
}
