/* SPDX-License-Identifier: MIT */
#include "storage_stream_transaction.h"

#include <stdbool.h>

#include <roerrorapi.h>

#include "file_source.h"
#include "item_disk.h"
#include "item_paths.h"
#include "source_streams.h"
#include "src/port/memory.h"
#include "winrt-shim/base/async.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/base/object.h"

/* How much is copied at a time. */
#define COPY_PIECE (1u << 20)

enum transaction_state {
    TRANSACTION_OPEN,
    TRANSACTION_COMMITTING,
    TRANSACTION_COMMITTED,
    TRANSACTION_DROPPED, /* closed without a commit: the copy is gone */
};

struct transaction {
    IStorageStreamTransaction IStorageStreamTransaction_iface;
    IClosable IClosable_iface;
    struct object object;
    char *path;
    char *copy_path; /* NULL until the copy is there */
    struct stream_source *copy;
    struct stream_core *core;
    IRandomAccessStream *stream;
    struct mutex mutex; /* over the two below; a leaf lock */
    enum transaction_state state;
    bool closed;
};

DEFINE_INSPECTABLE(transaction, IStorageStreamTransaction)
DEFINE_INSPECTABLE(transaction, IClosable)

static HRESULT WINAPI transaction_get_Stream(IStorageStreamTransaction *iface,
                                             IRandomAccessStream **value)
{
    struct transaction *transaction = impl_from_IStorageStreamTransaction(iface);
    bool closed;

    if (!value)
        return E_POINTER;
    *value = NULL;
    mutex_lock(&transaction->mutex);
    closed = transaction->closed;
    mutex_unlock(&transaction->mutex);
    if (closed)
        return RO_E_CLOSED;
    *value = transaction->stream;
    IRandomAccessStream_AddRef(*value);
    return S_OK;
}

struct replacement {
    const char *copy_path, *folder, *path;
};

static enum port_status replace(void *context)
{
    const struct replacement *replacement = context;

    return item_replace(replacement->copy_path, replacement->folder, replacement->path);
}

/* The copy takes the file's place, if nobody has that open in a way that does not go
 * with a writer. */
static HRESULT replace_file(struct transaction *transaction)
{
    struct replacement replacement = { transaction->copy_path, NULL, transaction->path };
    struct file_share *share = NULL;
    enum port_status status;
    struct file_info info;
    char *folder;
    HRESULT hr;

    status = file_path_info(transaction->path, &info);
    if (status != PORT_OK && status != PORT_NOT_FOUND)
        return hresult_from_status(status);
    if (!(folder = item_path_parent(transaction->path)))
        return E_OUTOFMEMORY;
    replacement.folder = folder;
    if (status == PORT_OK && FAILED(hr = file_share_enter(&info, FILE_CLAIM_WRITER, &share)))
        goto done;
    status = share ? file_share_replace(share, FILE_CLAIM_WRITER, replace, &replacement)
                   : replace(&replacement);
    if (status == PORT_OK)
        status = file_sync_folder(folder);
    hr = hresult_from_status(status);
done:
    memory_free(folder);
    return hr;
}

/* Waits for the turn: commits are few. */
struct commit_turn {
    struct turn turn;
    struct mutex mutex;
    struct condition changed;
    bool ready;
};

static void commit_turn_ready(struct turn *turn)
{
    struct commit_turn *mine = CONTAINING_RECORD(turn, struct commit_turn, turn);

    mutex_lock(&mine->mutex);
    mine->ready = true;
    condition_broadcast(&mine->changed);
    mutex_unlock(&mine->mutex);
}

/* What was written before is part of it. */
static HRESULT commit(struct transaction *transaction)
{
    struct commit_turn mine = { .turn.ready = commit_turn_ready };
    HRESULT hr;

    mutex_init(&mine.mutex);
    condition_init(&mine.changed);
    turn_take(&transaction->core->turns, &mine.turn);
    mutex_lock(&mine.mutex);
    while (!mine.ready)
        condition_wait(&mine.changed, &mine.mutex);
    mutex_unlock(&mine.mutex);

    hr = transaction->copy->ops->flush(transaction->copy);
    if (SUCCEEDED(hr))
        hr = replace_file(transaction);

    turn_leave(&transaction->core->turns, &mine.turn);
    condition_destroy(&mine.changed);
    mutex_destroy(&mine.mutex);
    return hr;
}

/* For the one who has moved the state to where the files are not needed any more. */
static void let_go(struct transaction *transaction)
{
    stream_source_release(transaction->copy);
    transaction->copy = NULL;
}

/* Removes the copy if it will not be committed any more. */
static void drop_copy(struct transaction *transaction)
{
    bool drop;

    mutex_lock(&transaction->mutex);
    drop = transaction->state == TRANSACTION_OPEN;
    if (drop)
        transaction->state = TRANSACTION_DROPPED;
    mutex_unlock(&transaction->mutex);
    if (!drop)
        return;
    if (transaction->copy_path)
        file_remove(transaction->copy_path);
    let_go(transaction);
}

/* A commit that was not done can be tried again, unless the transaction was closed meanwhile. */
static void reopen(struct transaction *transaction)
{
    bool closed;

    mutex_lock(&transaction->mutex);
    transaction->state = TRANSACTION_OPEN;
    closed = transaction->closed;
    mutex_unlock(&transaction->mutex);
    if (closed)
        drop_copy(transaction);
}

/* `context` is the transaction with a reference. */
static HRESULT commit_run(void *context, struct async *async, union value *result)
{
    struct transaction *transaction = context;
    HRESULT hr = commit(transaction);

    (void)async;
    (void)result;
    if (FAILED(hr)) /* commit_destroy makes it open again */
        return error_originate(hr, "cannot replace %s", transaction->path);
    mutex_lock(&transaction->mutex);
    transaction->state = TRANSACTION_COMMITTED;
    mutex_unlock(&transaction->mutex);
    stream_core_close(transaction->core);
    let_go(transaction);
    return S_OK;
}

static void commit_destroy(void *context)
{
    struct transaction *transaction = context;
    bool undone;

    /* If it failed, or was cancelled before it ran. */
    mutex_lock(&transaction->mutex);
    undone = transaction->state == TRANSACTION_COMMITTING;
    mutex_unlock(&transaction->mutex);
    if (undone)
        reopen(transaction);
    IStorageStreamTransaction_Release(&transaction->IStorageStreamTransaction_iface);
}

ASYNC_TYPE(commit_async, ASYNC_ACTION, IAsyncAction, u"Windows.Foundation.IAsyncAction", VALUE_NONE,
           VALUE_NONE);
static const struct async_job commit_job = { commit_run, commit_destroy };

/* Once: afterwards the stream is closed, and a second call is one in the wrong state. After a
   failure it can be tried again. */
static HRESULT WINAPI transaction_CommitAsync(IStorageStreamTransaction *iface,
                                              IAsyncAction **operation)
{
    struct transaction *transaction = impl_from_IStorageStreamTransaction(iface);
    HRESULT hr = S_OK;

    if (!operation)
        return E_POINTER;
    *operation = NULL;

    mutex_lock(&transaction->mutex);
    if (transaction->closed)
        hr = RO_E_CLOSED;
    else if (transaction->state != TRANSACTION_OPEN)
        hr = E_ILLEGAL_METHOD_CALL;
    else
        transaction->state = TRANSACTION_COMMITTING;
    mutex_unlock(&transaction->mutex);
    if (FAILED(hr))
        return hr;

    IStorageStreamTransaction_AddRef(iface);
    return async_run(&commit_async, &commit_job, transaction, (void **)operation);
}

static HRESULT WINAPI transaction_Close(IClosable *iface)
{
    struct transaction *transaction = impl_from_IClosable(iface);

    mutex_lock(&transaction->mutex);
    transaction->closed = true;
    mutex_unlock(&transaction->mutex);
    stream_core_close(transaction->core);
    drop_copy(transaction);
    return S_OK;
}

static const struct IStorageStreamTransactionVtbl transaction_vtbl = {
    INSPECTABLE_SLOTS(transaction, IStorageStreamTransaction),
    transaction_get_Stream,
    transaction_CommitAsync,
};

static const struct IClosableVtbl transaction_closable_vtbl = {
    INSPECTABLE_SLOTS(transaction, IClosable),
    transaction_Close,
};

static void transaction_destroy(void *instance)
{
    struct transaction *transaction = instance;

    if (transaction->stream)
        IRandomAccessStream_Release(transaction->stream);
    stream_core_release(transaction->core);
    drop_copy(transaction);
    mutex_destroy(&transaction->mutex);
    memory_free(transaction->copy_path);
    memory_free(transaction->path);
}

static const struct object_interface transaction_interfaces[] = {
    OBJECT_INTERFACE(transaction, IStorageStreamTransaction),
    OBJECT_INTERFACE(transaction, IClosable),
};

static const struct object_class transaction_class =
    OBJECT_CLASS(transaction, RuntimeClass_Windows_Storage_StorageStreamTransaction,
                 transaction_destroy);

/* A name in the same folder, so that a rename can put it in place, that nobody else has. */
static char *name_copy(const char *path)
{
    char *folder = item_path_parent(path);
    char *copy = folder ? item_hidden_path(folder) : NULL;

    memory_free(folder);
    return copy;
}

static HRESULT copy_content(file_handle from, struct stream_source *to)
{
    BYTE *piece = memory_alloc(COPY_PIECE);
    enum port_status status;
    UINT64 offset = 0;
    size_t count;
    HRESULT hr;

    if (!piece)
        return E_OUTOFMEMORY;
    do {
        status = file_read_at(from, offset, piece, COPY_PIECE, &count);
        hr = hresult_from_status(status);
        if (SUCCEEDED(hr) && count)
            hr = to->ops->write(to, offset, piece, (UINT32)count);
        offset += count;
    } while (SUCCEEDED(hr) && count == COPY_PIECE);
    memory_free(piece);
    return hr;
}

/* Opened for writing, too, though never written: who may not write the file may not replace it
 * either. */
static HRESULT open_original(struct transaction *transaction, const char *path, unsigned flags,
                             file_handle *original)
{
    enum port_status status;
    struct file_info info;

    status = file_path_info(path, &info);
    if (status == PORT_OK && info.kind != FILE_KIND_FILE)
        return E_ACCESSDENIED;
    status = file_open(path, flags | FILE_OPEN_READ | FILE_OPEN_WRITE, original);
    /* What a link leads to is replaced, not the link. */
    if (!status)
        status = file_real_path(path, &transaction->path);
    return hresult_from_status(status);
}

static HRESULT open_copy(struct transaction *transaction, file_handle original, bool empty)
{
    unsigned flags = FILE_OPEN_READ | FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_EXCLUSIVE |
                     FILE_OPEN_PRIVATE;
    file_handle file = FILE_HANDLE_NONE;
    char *copy_path;
    HRESULT hr;

    if (!(copy_path = name_copy(transaction->path)))
        return E_OUTOFMEMORY;
    hr = file_source_open(copy_path, flags, FILE_CLAIM_WRITER, false, &transaction->copy);
    if (FAILED(hr)) {
        memory_free(copy_path);
        return hr;
    }
    transaction->copy_path = copy_path;

    /* Before there is anything in it to be read by others. */
    hr = hresult_from_status(file_open(copy_path, FILE_OPEN_WRITE, &file));
    if (SUCCEEDED(hr))
        hr = hresult_from_status(file_copy_access(original, file));
    file_close(file);
    if (SUCCEEDED(hr) && !empty)
        hr = copy_content(original, transaction->copy);
    return hr;
}

/* The original is closed again at once: what is open cannot be replaced everywhere. */
static HRESULT open_files(struct transaction *transaction, const char *path, unsigned flags,
                          bool empty)
{
    file_handle original = FILE_HANDLE_NONE;
    HRESULT hr;

    hr = open_original(transaction, path, flags, &original);
    if (SUCCEEDED(hr))
        hr = open_copy(transaction, original, empty);
    file_close(original);
    return hr;
}

static HRESULT transaction_init(struct transaction *transaction, const char *path, unsigned flags,
                                bool empty)
{
    HRESULT hr;

    transaction->IStorageStreamTransaction_iface.lpVtbl = &transaction_vtbl;
    transaction->IClosable_iface.lpVtbl = &transaction_closable_vtbl;
    mutex_init(&transaction->mutex);

    if (FAILED(hr = open_files(transaction, path, flags, empty)))
        return error_originate(hr, "cannot open %s for a transacted write", path);
    transaction->core = stream_core_create(transaction->copy, true, true, 0);
    if (!transaction->core)
        return E_OUTOFMEMORY;
    return source_stream_create(transaction->core, &transaction->stream);
}

HRESULT storage_stream_transaction_open_with(const char *path, StorageOpenOptions options,
                                             FileOpenDisposition disposition,
                                             IStorageStreamTransaction **out)
{
    static const struct {
        unsigned flags;
        bool empty;
    } dispositions[] = {
        [FileOpenDisposition_OpenExisting] = { 0, false },
        [FileOpenDisposition_OpenAlways] = { FILE_OPEN_CREATE, false },
        [FileOpenDisposition_CreateNew] = { FILE_OPEN_CREATE | FILE_OPEN_EXCLUSIVE, true },
        [FileOpenDisposition_CreateAlways] = { FILE_OPEN_CREATE, true },
        [FileOpenDisposition_TruncateExisting] = { 0, true },
    };
    struct transaction *transaction;
    HRESULT hr;

    *out = NULL;
    if ((unsigned)options > StorageOpenOptions_AllowReadersAndWriters ||
        (unsigned)disposition >= sizeof(dispositions) / sizeof(dispositions[0]))
        return E_INVALIDARG;
    if (!(transaction = object_alloc(&transaction_class)))
        return E_OUTOFMEMORY;

    hr = transaction_init(transaction, path, dispositions[disposition].flags,
                          dispositions[disposition].empty);
    if (FAILED(hr))
        object_release(&transaction->object);
    else
        *out = &transaction->IStorageStreamTransaction_iface;
    return hr;
}

HRESULT storage_stream_transaction_open(const char *path, IStorageStreamTransaction **out)
{
    return storage_stream_transaction_open_with(path, StorageOpenOptions_None,
                                                FileOpenDisposition_OpenExisting, out);
}
