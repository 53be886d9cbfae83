/* SPDX-License-Identifier: MIT */
#include "file_share.h"

#include <stdbool.h>

#include "src/port/memory.h"
#include "src/port/threads.h"

struct file_share {
    struct file_share *next;
    uint64_t device, inode;
    unsigned claims[FILE_CLAIM_MAX];
    LONG64 generation;
};

/* shares[one][other]: whether the two can be together. Symmetric. */
static const bool goes_with[FILE_CLAIM_MAX][FILE_CLAIM_MAX] = {
    [FILE_CLAIM_POLITE_READER] = { true, true, true, true, true },
    [FILE_CLAIM_EXCLUSIVE_READER] = { true, true, true, false, false },
    [FILE_CLAIM_SHARED_READER] = { true, true, true, true, true },
    [FILE_CLAIM_WRITER] = { true, false, true, false, false },
    [FILE_CLAIM_SHARED_WRITER] = { true, false, true, false, true },
};

/* Those with a claim; a leaf lock, but for the rename in file_share_replace. */
static struct mutex lock = MUTEX_INITIALIZER;
static struct file_share *shares;

static struct file_share *find(uint64_t device, uint64_t inode)
{
    struct file_share *share = shares;

    while (share && (share->device != device || share->inode != inode))
        share = share->next;
    return share;
}

static bool may_enter(const struct file_share *share, enum file_claim claim)
{
    unsigned other;

    for (other = 0; other < FILE_CLAIM_MAX; other++)
        if (share->claims[other] && !goes_with[claim][other])
            return false;
    return true;
}

HRESULT file_share_enter(const struct file_info *info, enum file_claim claim,
                         struct file_share **out)
{
    struct file_share *share;
    HRESULT hr = S_OK;

    *out = NULL;
    mutex_lock(&lock);
    share = find(info->device, info->inode);
    if (!share) {
        if (!(share = memory_zalloc(sizeof(*share)))) {
            hr = E_OUTOFMEMORY;
            goto done;
        }
        share->device = info->device;
        share->inode = info->inode;
        share->next = shares;
        shares = share;
    } else if (!may_enter(share, claim)) {
        hr = HRESULT_FROM_WIN32(ERROR_SHARING_VIOLATION);
        goto done;
    }
    share->claims[claim]++;
    *out = share;
done:
    mutex_unlock(&lock);
    return hr;
}

static void give_up(struct file_share *share, enum file_claim claim)
{
    struct file_share **link;
    unsigned other;

    share->claims[claim]--;
    for (other = 0; other < FILE_CLAIM_MAX; other++)
        if (share->claims[other])
            return;
    for (link = &shares; *link != share;)
        link = &(*link)->next;
    *link = share->next;
    memory_free(share);
}

void file_share_leave(struct file_share *share, enum file_claim claim)
{
    mutex_lock(&lock);
    give_up(share, claim);
    mutex_unlock(&lock);
}

enum port_status file_share_replace(struct file_share *share, enum file_claim claim,
                                    enum port_status (*replace)(void *context), void *context)
{
    enum port_status status;

    mutex_lock(&lock);
    status = replace(context);
    if (!status)
        file_share_changed(share);
    give_up(share, claim);
    mutex_unlock(&lock);
    return status;
}

void file_share_changed(struct file_share *share)
{
    InterlockedExchangeAdd64(&share->generation, 1);
}

LONG64 file_share_generation(struct file_share *share)
{
    return InterlockedCompareExchange64(&share->generation, 0, 0);
}
