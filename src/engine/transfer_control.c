/* SPDX-License-Identifier: MIT */
/* What the application tells a transfer to do. Whether that is allowed is decided here, by what the
 * transfer looks like; when it takes effect, by the engine's state table. */
#include <string.h>

#include "runtime.h"
#include "checkpoint.h"
#include "engine_store.h"
#include "src/port/process.h"
#include "transfer_internal.h"

static bool is_final(enum transfer_status status)
{
    return status == TRANSFER_COMPLETED || status == TRANSFER_CANCELED || status == TRANSFER_FAILED;
}

/* The record is written before the engine knows of it: what the engine writes comes later. */
static enum port_status begin(struct transfer *transfer)
{
    enum port_status status = PORT_OK;

    mutex_lock(&transfer->mutex);
    if (transfer->progress.started) {
        status = PORT_WRONG_STATE;
    } else {
        transfer->progress.started = true;
        transfer->progress.attached = true;
        status = transfer_save_locked(transfer);
        if (status)
            transfer->progress.started = transfer->progress.attached = false;
    }
    mutex_unlock(&transfer->mutex);
    return status;
}

/* The engine cannot run: as if nothing had been. */
static void undo_begin(struct transfer *transfer)
{
    struct store_id id = transfer_store_id(transfer);

    mutex_lock(&transfer->mutex);
    transfer->progress.started = transfer->progress.attached = false;
    store_remove(engine_store(NULL), &id);
    mutex_unlock(&transfer->mutex);
}

enum port_status transfer_start(struct transfer *transfer)
{
    enum port_status status;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    /* Nothing is written for an engine that cannot run. */
    status = engine_ensure();
    if (!status)
        status = begin(transfer);
    if (status)
        return status;
    checkpoint_file_name(transfer);
    transfer_table_add(transfer);
    status = engine_submit(transfer, COMMAND_START);
    if (status) {
        undo_begin(transfer);
        transfer_table_remove(transfer);
    }
    return status;
}

enum port_status transfer_attach(struct transfer *transfer)
{
    enum port_status status = PORT_OK;
    bool news;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    if (!transfer->progress.started)
        status = PORT_WRONG_STATE;
    news = !status && !transfer->progress.attached && !is_final(transfer->progress.status);
    if (!status)
        transfer->progress.attached = true;
    mutex_unlock(&transfer->mutex);
    if (news)
        status = engine_submit(transfer, COMMAND_ATTACH);
    if (news && status) {
        mutex_lock(&transfer->mutex);
        transfer->progress.attached = false;
        mutex_unlock(&transfer->mutex);
    }
    return status;
}

/* Started and not ended. The answer may be out of date at once, which the engine's state table
 * takes. */
static bool is_active_locked(const struct transfer *transfer)
{
    return transfer->progress.started && !is_final(transfer->progress.status);
}

void transfer_cancel(struct transfer *transfer)
{
    bool active;

    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    active = is_active_locked(transfer);
    mutex_unlock(&transfer->mutex);
    if (active)
        engine_submit(transfer, COMMAND_CANCEL);
}

/* In the record at once: a transfer that the application has paused stays so whenever the process
 * ends. */
static enum port_status want_pause_locked(struct transfer *transfer, bool wanted)
{
    enum download_state stored = transfer->stored_state;
    enum port_status status;

    transfer->pause_wanted = wanted;
    transfer->stored_state = wanted ? DOWNLOAD_PAUSED : DOWNLOAD_ACTIVE;
    status = transfer_save_locked(transfer);
    if (status) {
        transfer->pause_wanted = !wanted;
        transfer->stored_state = stored;
    }
    return status;
}

bool transfer_may_be_interrupted(const struct transfer *transfer)
{
    return strcmp(transfer->method, "POST") != 0;
}

enum port_status transfer_pause(struct transfer *transfer)
{
    enum port_status status = PORT_OK;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    if (!is_active_locked(transfer) || transfer->pause_wanted ||
        !transfer_may_be_interrupted(transfer))
        status = PORT_WRONG_STATE;
    else
        status = want_pause_locked(transfer, true);
    mutex_unlock(&transfer->mutex);
    if (!status)
        status = engine_submit(transfer, COMMAND_PAUSE);
    return status;
}

enum port_status transfer_resume(struct transfer *transfer)
{
    enum port_status status = PORT_OK;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    if (!is_active_locked(transfer) ||
        (!transfer->pause_wanted && transfer->progress.status != TRANSFER_PAUSED_RECOVERABLE &&
         transfer->progress.status != TRANSFER_PAUSED_NO_ROOM))
        status = PORT_WRONG_STATE;
    else if (transfer->pause_wanted || transfer->progress.status == TRANSFER_PAUSED_RECOVERABLE)
        status = want_pause_locked(transfer, false);
    if (!status)
        transfer->resumed = true;
    mutex_unlock(&transfer->mutex);
    if (!status)
        status = engine_submit(transfer, COMMAND_PAUSE);
    return status;
}

void transfer_collect(struct transfer *transfer)
{
    struct store_id id = transfer_store_id(transfer);
    bool first;

    if (process_is_forked_child())
        return;
    mutex_lock(&transfer->mutex);
    first =
        transfer->progress.started && is_final(transfer->progress.status) && !transfer->collected;
    if (first)
        transfer->collected = true;
    /* The record of a completed one goes only with its bytes on the disk: the checkpoint sees to
     * that. */
    if (first && !transfer->unsaved)
        store_remove(engine_store(NULL), &id);
    mutex_unlock(&transfer->mutex);
    if (first)
        transfer_table_remove(transfer);
}

enum port_status transfer_make_current(struct transfer *transfer)
{
    bool useful;

    if (process_is_forked_child())
        return PORT_NOT_SUPPORTED;
    mutex_lock(&transfer->mutex);
    /* One of an earlier process that nothing has been done with does not wait: were it told to the
     * engine, it would move when somebody attaches. */
    useful = transfer->transfer_group && is_active_locked(transfer) &&
             (transfer->progress.attached || transfer->resumed);
    mutex_unlock(&transfer->mutex);
    return useful ? engine_submit(transfer, COMMAND_MAKE_CURRENT) : PORT_OK;
}
