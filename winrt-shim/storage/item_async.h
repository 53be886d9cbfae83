/* SPDX-License-Identifier: MIT */
/* The asynchronous operations that files and folders return, and the job behind each. */
#ifndef WINRT_STORAGE_ITEM_ASYNC_H
#define WINRT_STORAGE_ITEM_ASYNC_H

#include <windows.h>
#include <hstring.h>

#include "winrt-shim/base/async.h"

extern const struct async_type *const item_async_action;
extern const struct async_type *const item_async_basic_properties;
extern const struct async_type *const item_async_file;
extern const struct async_type *const item_async_files;
extern const struct async_type *const item_async_folder;
extern const struct async_type *const item_async_folders;
extern const struct async_type *const item_async_input_stream;
extern const struct async_type *const item_async_item;
extern const struct async_type *const item_async_items;
extern const struct async_type *const item_async_stream;
extern const struct async_type *const item_async_stream_with_type;
extern const struct async_type *const item_async_thumbnail;
extern const struct async_type *const item_async_transaction;

struct storage_item;

/* What a job works on. Its copy is the job's own, with a reference on `item`. */
struct item_job {
    struct storage_item *item; /* whose method was called; NULL for statics */
    char *name;                /* a name, a path relative to the item, or an absolute one */
    char *target;              /* the folder, or file, that Copy and Move write to */
    HRESULT error;             /* found before the start, told by the operation */
    INT32 option;              /* of the method's enumeration */
    INT32 option2;
};

/*
 * Takes the name of an item to be made or renamed (file_names.h): E_INVALIDARG for an empty string,
 * E_OUTOFMEMORY; a name that is not allowed becomes job->error, ERROR_INVALID_NAME.
 */
HRESULT item_job_take_name(struct item_job *job, HSTRING name);

/*
 * Starts `run` as async_run does, unless job->error is a failure, which is then the operation's.
 * `name` and `target` of *job are owned, whatever the result. `hr` is the result so far: a failure
 * is passed on and nothing starts. *out must be NULL already.
 */
HRESULT item_job_start(HRESULT hr, const struct async_type *type, const struct async_job *work,
                       struct item_job *job, void **out);

/* The end of a job, for struct async_job. */
void item_job_destroy(void *context);

#endif
