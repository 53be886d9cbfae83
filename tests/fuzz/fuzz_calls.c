/* SPDX-License-Identifier: MIT */
/*
 * Sequences of calls of the public ABI, as a client without sense makes them: any method of any
 * object at any time, with any argument of the right type or NULL. Downloads run meanwhile, against
 * a server that answers rightly, refuses, or never says a word. Every answer is a documented one,
 * what fails gives nothing out, and in the end nothing is left.
 */
#include <windows.h>
#include <activation.h>
#include <asyncinfo.h>
#include <roapi.h>
#include <winstring.h>
#include <windows.networking.backgroundtransfer.h>
#include <windows.security.credentials.h>
#include <windows.storage.h>
#include <windows.storage.streams.h>

#include <stdio.h>
#include <string.h>

#include "call_table.h"
#include "fake_answers.h"
#include "fuzz.h"
#include "hstrings.h"
#include "quick_files.h"
#include "recorder.h"
#include "src/engine/runtime.h"
#include "src/engine/transfer_internal.h"
#include "src/engine/engine_store.h"
#include "src/port/memory.h"
#include "test_event.h"

#define FIXED   12 /* objects that are always there */
#define OBJECTS 24
#define CALLS   64 /* of one input */

static IUnknown *objects[OBJECTS];
static struct recorder *completed, *other;
static HSTRING strings[16];
static unsigned server_kind, next_slot;

enum server_kind {
    SERVER_RIGHT,
    SERVER_REFUSES,
    SERVER_SILENT,
    SERVER_KINDS
};

static bool answer(struct fake_easy *easy, CURLcode *ret_result)
{
    static const char refusal[] = "HTTP/1.1 404 No\r\n";

    if (server_kind == SERVER_RIGHT)
        return fake_answer(easy, ret_result);
    *ret_result = fake_connect(easy) ? CURLE_OK : CURLE_ABORTED_BY_CALLBACK;
    if (server_kind == SERVER_SILENT)
        return *ret_result != CURLE_OK;
    if (!fake_line(easy, refusal, strlen(refusal)) || !fake_line(easy, "\r\n", 2))
        *ret_result = CURLE_WRITE_ERROR;
    return true;
}

static void *factory(const char *name, const IID *iid)
{
    HSTRING string = string_new(name);
    void *object;

    REQUIRE(RoGetActivationFactory(string, iid, &object) == S_OK);
    string_delete(string);
    return object;
}

static IUnknown *make_file(const char *folder, const char *name)
{
    IStorageFileStatics *statics = factory("Windows.Storage.StorageFile", &IID_IStorageFileStatics);
    IAsyncOperation_StorageFile *operation;
    struct recorder *end = recorder_create(RECORDER_COMPLETED, NULL);
    IStorageFile *file;
    file_handle handle;
    HSTRING string;
    char path[512];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    REQUIRE(!file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE, &handle));
    file_close(handle);
    string = string_new(path);
    REQUIRE(IStorageFileStatics_GetFileFromPathAsync(statics, string, &operation) == S_OK);
    REQUIRE(IAsyncOperation_StorageFile_put_Completed(operation, recorder_delegate(end)) == S_OK);
    recorder_wait(end, 1);
    REQUIRE(IAsyncOperation_StorageFile_GetResults(operation, &file) == S_OK);
    IAsyncOperation_StorageFile_Release(operation);
    IStorageFileStatics_Release(statics);
    string_delete(string);
    recorder_release(end);
    return (IUnknown *)file;
}

static void make_strings(void)
{
    static const char *const texts[] = {
        "",
        "http://host.example/file",
        "https://user:pass@host.example/",
        "ftp://host.example/file",
        "http://[",
        "mailto:me",
        "GET",
        "POST",
        "HEAD",
        "X-Header",
        "Range",
        "a value",
        "a\r\nb",
        "one",
        "\xc3\xa4\xe2\x82\xac",
        "Content-Length",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        strings[i] = string_new(texts[i]);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const struct {
        const char *name;
        const IID *iid;
    } factories[] = {
        { "Windows.Networking.BackgroundTransfer.BackgroundDownloader", &IID_IActivationFactory },
        { "Windows.Networking.BackgroundTransfer.BackgroundTransferGroup",
          &IID_IBackgroundTransferGroupStatics },
        { "Windows.Networking.BackgroundTransfer.BackgroundTransferError",
          &IID_IBackgroundTransferErrorStaticMethods },
        { "Windows.Foundation.Uri", &IID_IUriRuntimeClassFactory },
        { "Windows.Storage.Streams.Buffer", &IID_IBufferFactory },
        { "Windows.Security.Credentials.PasswordCredential", &IID_ICredentialFactory },
    };
    const char *folder = fuzz_folder();
    size_t count = sizeof(factories) / sizeof(factories[0]);

    (void)argc, (void)argv;
    quick_files_use();
    fake_network_use(answer);
    REQUIRE(SUCCEEDED(RoInitialize(RO_INIT_MULTITHREADED)));
    completed = recorder_create(RECORDER_COMPLETED, NULL);
    other = recorder_create(RECORDER_INTERFACE, NULL);
    make_strings();
    for (size_t i = 0; i < count; i++)
        objects[i] = factory(factories[i].name, factories[i].iid);
    /* Those that a download begins with are there, too. */
    REQUIRE(IActivationFactory_ActivateInstance((IActivationFactory *)objects[0],
                                                (IInspectable **)&objects[count]) == S_OK);
    REQUIRE(IUriRuntimeClassFactory_CreateUri((IUriRuntimeClassFactory *)objects[3], strings[1],
                                              (IUriRuntimeClass **)&objects[count + 1]) == S_OK);
    REQUIRE(IUriRuntimeClassFactory_CreateUri((IUriRuntimeClassFactory *)objects[3], strings[3],
                                              (IUriRuntimeClass **)&objects[count + 2]) == S_OK);
    objects[count + 3] = make_file(folder, "one");
    objects[count + 4] = make_file(folder, "two");
    REQUIRE(IBufferFactory_Create((IBufferFactory *)objects[4], 100,
                                  (IBuffer **)&objects[count + 5]) == S_OK);
    REQUIRE(count + 6 == FIXED);
    return 0;
}

/* The next object from a random one on that has the interface; NULL if there is none. */
static void *pick(struct fuzz_input *input, const IID *iid)
{
    unsigned start = fuzz_below(input, OBJECTS);
    void *found;

    for (unsigned i = 0; i < OBJECTS; i++) {
        IUnknown *object = objects[(start + i) % OBJECTS];

        if (object && IUnknown_QueryInterface(object, iid, &found) == S_OK)
            return found;
    }
    return NULL;
}

static uintptr_t take_number(struct fuzz_input *input)
{
    static const uintptr_t odd[] = { UINT32_MAX,
                                     INT32_MAX,
                                     UINT64_MAX,
                                     INT64_MAX,
                                     (uintptr_t)(INT32)0x80072ee2,
                                     (uintptr_t)(INT32)0x80190194 };
    unsigned number = fuzz_u8(input);

    return number < 200 ? number % 8 : odd[number % 6];
}

static void keep(IUnknown *object)
{
    IUnknown **slot = &objects[FIXED + next_slot++ % (OBJECTS - FIXED)];

    if (*slot)
        IUnknown_Release(*slot);
    *slot = object;
}

/* What a call is given, and what it gives. */
struct values {
    uintptr_t arguments[ARGUMENTS];
    IUnknown *given[ARGUMENTS], *objects[ARGUMENTS];
    HSTRING strings[ARGUMENTS];
    uint64_t bytes[ARGUMENTS][8];
};

static void take_argument(struct fuzz_input *input, const struct argument *argument, unsigned i,
                          struct values *values)
{
    static const bool may_be_null[] = {
        [IN_OBJECT] = true,  [IN_COMPLETED] = true, [IN_HANDLER] = true,
        [OUT_OBJECT] = true, [OUT_STRING] = true,   [OUT_BYTES] = true,
    };

    if (argument->kind != NO_ARGUMENT && may_be_null[argument->kind] && fuzz_u8(input) > 240)
        return;
    switch (argument->kind) {
    case NO_ARGUMENT:
        break;
    case IN_OBJECT:
        values->given[i] = pick(input, argument->iid);
        values->arguments[i] = (uintptr_t)values->given[i];
        break;
    case IN_STRING:
        values->arguments[i] = (uintptr_t)strings[fuzz_below(input, 16)];
        break;
    case IN_NUMBER:
        values->arguments[i] = take_number(input);
        break;
    case IN_SMALL:
        values->arguments[i] = fuzz_u8(input);
        break;
    case IN_COMPLETED:
        values->arguments[i] = (uintptr_t)recorder_delegate(completed);
        break;
    case IN_HANDLER:
        values->arguments[i] = (uintptr_t)recorder_delegate(other);
        break;
    case OUT_OBJECT:
        values->objects[i] = (IUnknown *)1;
        values->arguments[i] = (uintptr_t)&values->objects[i];
        break;
    case OUT_STRING:
        values->strings[i] = (HSTRING)1;
        values->arguments[i] = (uintptr_t)&values->strings[i];
        break;
    case OUT_BYTES:
        values->arguments[i] = (uintptr_t)values->bytes[i];
        break;
    }
}

static void take_results(const struct call *call, HRESULT hr, struct values *values)
{
    for (unsigned i = 0; i < ARGUMENTS; i++) {
        if (values->given[i])
            IUnknown_Release(values->given[i]);
        if (!values->arguments[i])
            continue;
        if (call->arguments[i].kind == OUT_OBJECT) {
            REQUIRE(SUCCEEDED(hr) || !values->objects[i]);
            if (values->objects[i])
                keep(values->objects[i]);
        }
        if (call->arguments[i].kind == OUT_STRING) {
            REQUIRE(SUCCEEDED(hr) || !values->strings[i]);
            WindowsDeleteString(values->strings[i]);
        }
    }
}

static void call_any(struct fuzz_input *input)
{
    typedef HRESULT(STDMETHODCALLTYPE * method)(void *, uintptr_t, uintptr_t, uintptr_t, uintptr_t);
    const struct call *call = &calls[fuzz_u8(input) % call_count];
    struct values values = { 0 };
    void *object = pick(input, call->iid);
    HRESULT hr;

    if (!object)
        return;
    for (unsigned i = 0; i < ARGUMENTS; i++)
        take_argument(input, &call->arguments[i], i, &values);
    hr = (*(method **)object)[call->slot](object, values.arguments[0], values.arguments[1],
                                          values.arguments[2], values.arguments[3]);
    if (!is_documented(hr))
        fprintf(stderr, "call %u answers 0x%08x\n", (unsigned)(call - calls), (unsigned)hr);
    REQUIRE(is_documented(hr));
    IUnknown_Release((IUnknown *)object);
    take_results(call, hr, &values);
}

/* All that the engine knows, each with a reference. */
static size_t take_all(struct transfer **ret, size_t room)
{
    struct engine *engine = engine_get();
    size_t count = 0;

    mutex_lock(&engine->mutex);
    for (struct transfer *transfer = engine->first_known; transfer && count < room;
         transfer = transfer->next_known) {
        transfer_addref(transfer);
        ret[count++] = transfer;
    }
    mutex_unlock(&engine->mutex);
    return count;
}

/* Every transfer ends, whoever may have forgotten it, and is collected. */
static void end_all(void)
{
    struct transfer *all[CALLS];
    struct test_event moment;
    size_t count;

    test_event_init(&moment);
    count = take_all(all, CALLS);
    for (size_t i = 0; i < count; i++) {
        struct transfer_progress progress;

        transfer_cancel(all[i]);
        transfer_get_progress(all[i], &progress);
        while (progress.status < TRANSFER_COMPLETED) {
            test_event_wait(&moment, 1);
            transfer_get_progress(all[i], &progress);
        }
        transfer_collect(all[i]);
        transfer_release(all[i]);
    }
    test_event_destroy(&moment);
    REQUIRE(!store_flush(engine_store(NULL)));
}

static void reset(void)
{
    for (unsigned i = FIXED; i < OBJECTS; i++) {
        if (objects[i])
            IUnknown_Release(objects[i]);
        objects[i] = NULL;
    }
    next_slot = 0;
    /* No input begins with the settings of the one before. */
    IUnknown_Release(objects[6]);
    REQUIRE(IActivationFactory_ActivateInstance((IActivationFactory *)objects[0],
                                                (IInspectable **)&objects[6]) == S_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t versions[] = { 0x43, 0, 0x43, 0, 0x43, 0 };
    struct fuzz_input input = fuzz_input(data, size);
    struct fuzz_input bodies = fuzz_input(versions, sizeof(versions)), nothing = { 0 };

    server_kind = fuzz_below(&input, SERVER_KINDS);
    fake_bodies_make(&bodies);
    fake_answers_use(&nothing);
    for (unsigned i = 0; i < CALLS && fuzz_left(&input); i++)
        call_any(&input);
    end_all();
    reset();
    end_all();
    return 0;
}
