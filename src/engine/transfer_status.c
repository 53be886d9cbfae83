/* SPDX-License-Identifier: MIT */
/* How a transfer stands: in its record first, and then for those who look at it. */
#include "transfer_cut.h"
#include "transfer_run.h"

/* With the mutex. */
static void record_state(struct transfer *transfer, enum download_state stored)
{
    /* The checkpoint says so when the bytes are on the disk; until then the record would fetch them
     * again. */
    if (stored == DOWNLOAD_COMPLETED && transfer->unsaved)
        stored = DOWNLOAD_ACTIVE;
    /* What was told meanwhile is recorded already, and is about to be so; or has come too late,
     * and holds if the bytes get lost. */
    if (transfer->pause_wanted && (stored == DOWNLOAD_ACTIVE || stored == DOWNLOAD_PARKED))
        stored = DOWNLOAD_PAUSED;
    else if (stored == DOWNLOAD_PAUSED && !transfer->pause_wanted)
        stored = DOWNLOAD_ACTIVE;
    if (transfer->stored_state != stored) {
        transfer->stored_state = stored;
        transfer_save_locked(transfer);
    }
}

void transfer_change_status(struct transfer *transfer, enum download_state stored,
                            enum transfer_wait wait)
{
    enum transfer_status status = state_status(transfer->state);
    bool changed;

    mutex_lock(&transfer->mutex);
    changed = transfer->progress.status != status;
    transfer->progress.status = status;
    if (transfer->wait != TRANSFER_WAIT_SERVER || wait != TRANSFER_WAIT_RETRY)
        transfer->wait = (uint8_t)wait;
    if (wait != TRANSFER_WAIT_RETRY && wait != TRANSFER_WAIT_ROOM)
        transfer->retry_time = 0;
    record_state(transfer, stored);
    if (state_is_final(transfer->state)) {
        transfer_cut_show_locked(transfer);
        transfer_close_reader(transfer);
    }
    mutex_unlock(&transfer->mutex);
    if (changed && !state_is_final(transfer->state))
        transfer_notify(transfer, TRANSFER_EVENT_STATUS);
}

static enum download_state outcome_of(const struct transfer *transfer)
{
    static const enum download_state outcomes[STATE_MAX] = {
        [STATE_COMPLETED] = DOWNLOAD_COMPLETED,
        [STATE_CANCELED] = DOWNLOAD_CANCELED,
        [STATE_FAILED] = DOWNLOAD_FAILED,
    };

    return outcomes[transfer->state];
}

void transfer_record_outcome(struct transfer *transfer)
{
    mutex_lock(&transfer->mutex);
    record_state(transfer, outcome_of(transfer));
    mutex_unlock(&transfer->mutex);
}

void transfer_tell_end(struct engine *engine, struct transfer *transfer)
{
    (void)engine;
    /* In the record once more: while it was held back, a pause was still allowed. */
    transfer_change_status(transfer, outcome_of(transfer), TRANSFER_WAIT_NONE);
    if (transfer->ends_with_news)
        transfer_notify(transfer, TRANSFER_EVENT_PROGRESS);
    transfer_notify(transfer, TRANSFER_EVENT_FINISHED);
}
