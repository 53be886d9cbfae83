/* SPDX-License-Identifier: MIT */
/*
 * The async base: IAsyncInfo and IAsyncAction, IAsyncOperation<T>, IAsyncActionWithProgress<P> or
 * IAsyncOperationWithProgress<T, P>, written once. Every instantiation is a row (struct async_type)
 * with its IIDs and types. Rules: the pages of IAsyncInfo and IAsyncOperation (Windows.Foundation).
 *
 * An async object is hot: Started when it is made. Its maker holds one reference until it has ended
 * it by exactly one call of async_complete, async_fail or async_cancelled. No lock is held while a
 * handler runs.
 */
#ifndef WINRT_BASE_ASYNC_H
#define WINRT_BASE_ASYNC_H

#include <stdbool.h>

#include "object.h"
#include "value.h"

#include "src/port/pool.h"

enum async_form {
    ASYNC_ACTION,
    ASYNC_OPERATION,
    ASYNC_ACTION_WITH_PROGRESS,
    ASYNC_OPERATION_WITH_PROGRESS,
};

struct async_type {
    enum async_form form;
    enum value_type result;
    enum value_type progress;
    struct object_class class;
};

/*
 * Defines `static const struct async_type variable`. `iface` is the interface's C name, whose IID
 * is IID_<iface>. For example:
 *
 * - ASYNC_TYPE(get_file_async, ASYNC_OPERATION, IAsyncOperation_StorageFile, class_name,
 *   VALUE_INTERFACE, VALUE_NONE)
 * - with class_name u"Windows.Foundation.IAsyncOperation`1<Windows.Storage.StorageFile>"
 */
#define ASYNC_TYPE(variable, async_form, iface, class_name, result_type, progress_type) \
    static const struct object_interface variable##_interfaces[] = {                    \
        { &IID_##iface, ASYNC_OFFSET_OPERATION },                                       \
        { &IID_IAsyncInfo, ASYNC_OFFSET_INFO },                                         \
    };                                                                                  \
    static const struct async_type variable = { async_form, result_type, progress_type, \
                                                ASYNC_CLASS(class_name, variable##_interfaces) }

struct async;

/* What the one who does the work wants to know; each member may be NULL. */
struct async_work {
    /* IAsyncInfo.Cancel was called while Started. The work must still end the object. */
    void (*cancel)(void *context);
    /* put_Progress set a handler: what was reported before may be reported again. */
    void (*progress_attached)(void *context);
    /* The outcome reached the client: its Completed handler has returned, or GetResults was called
       after the end. Once. */
    void (*delivered)(void *context);
    /* The last reference is gone. */
    void (*destroy)(void *context);
};

/* `context` is owned from success on, and given to work->destroy. `work` must live for ever. */
HRESULT async_create(const struct async_type *type, const struct async_work *work, void *context,
                     struct async **ret);

/* The typed interface pointer (IAsyncOperation<…> and the like) with a reference for the client. */
void *async_interface(struct async *async);

void async_addref(struct async *async);
void async_release(struct async *async);

/*
 * The three ends. The completed handler runs in the call, on the calling thread, so call them on a
 * pool thread. A cancelled object that ends by async_complete or async_fail after all becomes
 * Completed or Error.
 */
void async_complete(struct async *async, const union value *result);

/* `message` (UTF-8, may be NULL) becomes the error info of the thread that calls GetResults. */
void async_fail(struct async *async, HRESULT error, const char *message);
void async_cancelled(struct async *async);

/* Calls the progress handler on the calling thread. False if there is none or the
 * object has ended. */
bool async_report(struct async *async, const union value *progress);

/* Cancel was called, and the object has not ended otherwise after all. */
bool async_is_cancelled(struct async *async);

enum value_type async_result_type(struct async *async);

/*
 * Work that is a function: runs `run` on a worker of this library and ends the object with what it
 * returns: S_OK and *result (which run fills in with a reference of its own), or an error, whose
 * text is the thread's error info if run originated one. If Cancel came first, run is not called at
 * all; ERROR_CANCELLED from run ends as Canceled.
 */
struct async_job {
    HRESULT (*run)(void *context, struct async *async, union value *result);
    void (*destroy)(void *context); /* may be NULL */
};

/* Starts it; *out is the typed interface pointer. `context` is owned whatever the result; E_POINTER
 * for a NULL out. */
HRESULT async_run(const struct async_type *type, const struct async_job *job, void *context,
                  void **out);

/* The pool those jobs run on, one a library, made when first needed. */
HRESULT async_workers(struct pool **ret);

/* Layout that ASYNC_TYPE needs. */
#define ASYNC_OFFSET_OPERATION 0
#define ASYNC_OFFSET_INFO      sizeof(void *)
#define ASYNC_OFFSET_OBJECT    (2 * sizeof(void *))
#define ASYNC_INSTANCE_SIZE    120 /* at least; async.c checks */
void async_destroy(void *instance);
#define ASYNC_CLASS(class_name, interface_table)                                 \
    {                                                                            \
        .name = class_name, .interfaces = interface_table, .interface_count = 2, \
        .size = ASYNC_INSTANCE_SIZE, .object_offset = ASYNC_OFFSET_OBJECT,       \
        .destroy = async_destroy                                                 \
    }

#endif
