/* SPDX-License-Identifier: MIT */
/*
 * Who has which file open, in this process: one writer at a time, and readers who keep writers out,
 * are put up with or are told of writes, as in the table of file_stream.h. Files are known by
 * device and inode, not by name.
 */
#ifndef WINRT_STORAGE_FILE_SHARE_H
#define WINRT_STORAGE_FILE_SHARE_H

#include <windows.h>

#include "src/port/files.h"

enum file_claim {
    FILE_CLAIM_POLITE_READER,    /* goes with everybody, and asks for the generation */
    FILE_CLAIM_EXCLUSIVE_READER, /* no writers */
    FILE_CLAIM_SHARED_READER,    /* goes with everybody */
    FILE_CLAIM_WRITER,           /* no other writers, no exclusive readers */
    FILE_CLAIM_SHARED_WRITER,    /* other shared writers are fine */
    FILE_CLAIM_MAX
};

struct file_share;

/* ERROR_SHARING_VIOLATION if somebody else's claim does not go with this one; E_OUTOFMEMORY. */
HRESULT file_share_enter(const struct file_info *info, enum file_claim claim,
                         struct file_share **out);
void file_share_leave(struct file_share *share, enum file_claim claim);

/*
 * Has `replace` put another file in the place of this one, tells the others with a claim if that
 * went well, and gives up the claim in any case. Nobody enters meanwhile: the inode of a file that
 * is gone may be a new one's at once, which has nothing to do with the claims on this one.
 * `replace` may not come back here. Returns what it returned.
 */
enum port_status file_share_replace(struct file_share *share, enum file_claim claim,
                                    enum port_status (*replace)(void *context), void *context);

/* Counts the writes of this process to the file. */
void file_share_changed(struct file_share *share);
LONG64 file_share_generation(struct file_share *share);

#endif
