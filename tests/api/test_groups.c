/* SPDX-License-Identifier: MIT */
/* BackgroundTransferGroup as an object: its names, its state, where it is kept, and the downloads
 * that have it. What runs when is in test_group_order.c. */
#include "groups.h"

#include <stdio.h>
#include <string.h>

#include <activation.h>
#include <winstring.h>

#include "environment.h"
#include "listing.h"
#include "programs.h"
#include "test_files.h"

#define CLASS_GROUP "Windows.Networking.BackgroundTransfer.BackgroundTransferGroup"

static void one_name_one_state(void **state)
{
    IBackgroundTransferGroup *one = group_new("one"), *again = group_new("one");
    IBackgroundTransferGroup *other = group_new("One");
    HSTRING name = NULL, class_name = NULL;

    (void)state;
    check_ok(IBackgroundTransferGroup_get_Name(again, &name));
    check_string("one", name);
    check_ok(IBackgroundTransferGroup_GetRuntimeClassName(one, &class_name));
    check_string(CLASS_GROUP, class_name);
    assert_int_equal(group_get(one), BackgroundTransferBehavior_Parallel);
    group_set(one, BackgroundTransferBehavior_Serialized);
    assert_int_equal(group_get(again), BackgroundTransferBehavior_Serialized);
    assert_int_equal(group_get(other), BackgroundTransferBehavior_Parallel);
    check_last_release(one);
    check_last_release(again);
    check_last_release(other);
    one = group_new("one");
    assert_int_equal(group_get(one), BackgroundTransferBehavior_Serialized);
    check_last_release(one);
}

static void a_group_needs_a_name(void **state)
{
    IBackgroundTransferGroupStatics *statics =
        activation_factory(CLASS_GROUP, &IID_IBackgroundTransferGroupStatics);
    IBackgroundTransferGroup *group = (void *)-1;
    HSTRING string = NULL;

    (void)state;
    check_hresult(E_INVALIDARG, IBackgroundTransferGroupStatics_CreateGroup(statics, NULL, &group));
    assert_null(group);
    check_ok(WindowsCreateString(u"a\0b", 3, &string));
    group = (void *)-1;
    check_hresult(E_INVALIDARG,
                  IBackgroundTransferGroupStatics_CreateGroup(statics, string, &group));
    assert_null(group);
    check_hresult(E_POINTER, IBackgroundTransferGroupStatics_CreateGroup(statics, string, NULL));
    string_delete(string);
    check_last_release(statics);
}

static void any_name_is_one(void **state)
{
    static char long_name[3001];
    static const char *const names[] = { "{F3DC3B19-0A45-4F0F-B4A6-B2EA1A9AB37F}",
                                         "\\Groups\\",
                                         "../..",
                                         "%41",
                                         " ",
                                         "\x01\n",
                                         "Gruppe für Größeres 群",
                                         long_name };

    (void)state;
    memset(long_name, 'x', sizeof(long_name) - 1);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        IBackgroundTransferGroup *group = group_new(names[i]);
        HSTRING name = NULL;
        INT32 order = -1;

        assert_int_equal(group_get(group), BackgroundTransferBehavior_Parallel);
        group_set(group, BackgroundTransferBehavior_Serialized);
        check_last_release(group);
        group = group_new(names[i]);
        assert_int_equal(group_get(group), BackgroundTransferBehavior_Serialized);
        check_ok(IBackgroundTransferGroup_get_Name(group, &name));
        check_ok(WindowsCompareStringOrdinal(name, string_of(names[i]), &order));
        assert_int_equal(order, 0);
        string_delete(name);
        check_last_release(group);
    }
}

static void bad_arguments(void **state)
{
    IBackgroundTransferGroup *group = group_new("name");
    IActivationFactory *factory = activation_factory(CLASS_GROUP, &IID_IActivationFactory);
    static const BackgroundTransferBehavior bad[] = { (BackgroundTransferBehavior)-1,
                                                      (BackgroundTransferBehavior)2 };
    IInspectable *instance = NULL;

    (void)state;
    check_hresult(E_POINTER, IBackgroundTransferGroup_get_Name(group, NULL));
    check_hresult(E_POINTER, IBackgroundTransferGroup_get_TransferBehavior(group, NULL));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        check_hresult(E_INVALIDARG, IBackgroundTransferGroup_put_TransferBehavior(group, bad[i]));
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Parallel);
    check_hresult(E_NOTIMPL, IActivationFactory_ActivateInstance(factory, &instance));
    assert_null(instance);
    check_last_release(factory);
    check_last_release(group);
}

static int run_other(const char *verb, const char *name, const char *behavior)
{
    const char *const arguments[] = { GROUP_PROGRAM, verb, name, behavior, NULL };

    return run_program(arguments, 60);
}

static void groups_survive_the_process(void **state)
{
    IBackgroundTransferGroup *group;

    (void)state;
    test_setenv("WINRT_APP_ID", "groups");
    assert_int_equal(run_other("get", "one", "0"), 0);
    assert_int_equal(run_other("set", "one", "1"), 0);
    assert_int_equal(run_other("get", "one", "1"), 0);
    assert_int_equal(run_other("get", "two", "0"), 0);
    group = group_new("one");
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Serialized);
    check_last_release(group);
}

static void what_another_process_sets_is_seen_by_the_next_create(void **state)
{
    IBackgroundTransferGroup *group, *again;

    (void)state;
    test_setenv("WINRT_APP_ID", "groups");
    group = group_new("one");
    assert_int_equal(run_other("set", "one", "1"), 0);
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Parallel);
    again = group_new("one");
    assert_int_equal(group_get(again), BackgroundTransferBehavior_Serialized);
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Serialized);
    group_set(group, BackgroundTransferBehavior_Parallel);
    assert_int_equal(run_other("get", "one", "0"), 0);
    check_last_release(group);
    check_last_release(again);
}

static IBackgroundTransferGroup *group_of(IDownloadOperation *operation)
{
    IDownloadOperation2 *second = query(operation, &IID_IDownloadOperation2);
    IBackgroundTransferGroup *group = NULL;

    check_ok(IDownloadOperation2_get_TransferGroup(second, &group));
    release_ref(second);
    return group;
}

/* GetCurrentDownloadsForTransferGroupAsync lists the group's, by its name; GetCurrentDownloadsAsync
 * none that has a group. */
static void downloads_are_listed_by_their_group(void **state)
{
    IBackgroundTransferGroup *group = group_new("one"), *again = group_new("one");
    IBackgroundTransferGroup *other = group_new("two"), *found;
    IBackgroundDownloader *downloader = group_downloader(group);
    const char *token = test_token("listed");
    IDownloadOperation *grouped, *alone, *listed;
    download_async *grouped_async, *alone_async;

    (void)state;
    grouped = download_new(downloader, server_url("FAULT_HTTP", "/hold/%s", token), "a.bin");
    alone = download_new(NULL, server_url("FAULT_HTTP", "/hold/%s", token), "b.bin");
    assert_int_equal(count_of(list_transfer_group(group)), 0); /* not started */
    grouped_async = download_start(grouped);
    alone_async = download_start(alone);

    found = group_of(grouped);
    check_same_object(found, group);
    release_ref(found);
    assert_null(group_of(alone));
    listed = only_one_of(list_transfer_group(again));
    check_same_object(listed, grouped);
    release_ref(listed);
    listed = only_one_of(list_current());
    check_same_object(listed, alone);
    release_ref(listed);
    assert_int_equal(count_of(list_transfer_group(other)), 0);

    http_get(server_url("FAULT_HTTP", "/release/%s", token), NULL, 0);
    assert_int_equal(await_with_progress(grouped_async), Completed);
    assert_int_equal(await_with_progress(alone_async), Completed);
    release_ref(grouped_async);
    release_ref(alone_async);
    check_last_release_soon(grouped);
    check_last_release_soon(alone);
    assert_int_equal(count_of(list_transfer_group(group)), 0); /* collected */
    check_last_release(downloader);
    check_last_release(group);
    check_last_release(again);
    check_last_release(other);
}

/* Of an object that is not the component's own, Name and TransferBehavior are asked. */
static void a_clients_own_group(void **state)
{
    IBackgroundTransferGroup *client =
        client_group_new("own", BackgroundTransferBehavior_Serialized, S_OK);
    IBackgroundTransferGroup *group = group_new("own"), *found;
    IBackgroundDownloader *downloader = group_downloader(client);
    IDownloadOperation *operation;

    (void)state;
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Parallel);
    operation = download_new(downloader, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Serialized);
    found = group_of(operation);
    assert_ptr_equal(found, client);
    release_ref(found);
    assert_int_equal(count_of(list_transfer_group(client)), 0);
    assert_int_equal(download_run(operation, NULL), Completed);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(client);
    check_last_release(group);
}

static void a_clients_own_group_that_is_none(void **state)
{
    static const struct {
        const char *name;
        BackgroundTransferBehavior behavior;
        HRESULT answer, expected;
    } rows[] = {
        { "", BackgroundTransferBehavior_Parallel, S_OK, E_INVALIDARG },
        { "own", (BackgroundTransferBehavior)2, S_OK, E_INVALIDARG },
        { "own", BackgroundTransferBehavior_Parallel, E_ACCESSDENIED, E_ACCESSDENIED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        IBackgroundTransferGroup *client =
            client_group_new(rows[i].name, rows[i].behavior, rows[i].answer);
        IBackgroundDownloader *downloader = group_downloader(client);
        IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/1000"));
        IDownloadOperation *operation = (void *)-1;

        check_hresult(rows[i].expected,
                      IBackgroundDownloader_CreateDownload(downloader, uri, NULL, &operation));
        assert_null(operation);
        check_last_release(uri);
        check_last_release(downloader);
        check_last_release(client);
    }
}

/* The original had a limit of fifty, and could not recover from more. */
static void hundreds_of_groups_with_downloads(void **state)
{
    enum {
        MANY = 300
    };
    static IDownloadOperation *operations[MANY];
    static download_async *asyncs[MANY];
    char name[40];

    (void)state;
    for (int i = 0; i < MANY; i++) {
        IBackgroundTransferGroup *group;
        IBackgroundDownloader *downloader;

        snprintf(name, sizeof(name), "group %d", i);
        group = group_new(name);
        group_set(group, BackgroundTransferBehavior_Serialized);
        downloader = group_downloader(group);
        operations[i] = download_new(downloader, server_url("FAULT_HTTP", "/bytes/10"), NULL);
        asyncs[i] = download_start(operations[i]);
        check_last_release(downloader);
        release_ref(group);
    }
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(await_with_progress(asyncs[i]), Completed);
        release_ref(asyncs[i]);
        check_last_release_soon(operations[i]);
    }
}

/* No folder for state: what cannot be kept is not promised. */
static void without_a_place_for_state(void **state)
{
    IBackgroundTransferGroupStatics *statics =
        activation_factory(CLASS_GROUP, &IID_IBackgroundTransferGroupStatics);
    IBackgroundTransferGroup *group = NULL;
    HRESULT hr;

    (void)state;
    test_file_write(test_path("file"), "", 0);
    test_setenv("WINRT_STATE_DIR", test_path("file/state"));
    hr = IBackgroundTransferGroupStatics_CreateGroup(statics, string_of("name"), &group);
    if (SUCCEEDED(hr)) {
        assert_true(FAILED(
            IBackgroundTransferGroup_put_TransferBehavior(group,
                                                          BackgroundTransferBehavior_Serialized)));
        assert_int_equal(group_get(group), BackgroundTransferBehavior_Parallel);
        check_last_release(group);
    }
    assert_null(group);
    check_last_release(statics);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_name_one_state),
    cmocka_unit_test(a_group_needs_a_name),
    cmocka_unit_test(any_name_is_one),
    cmocka_unit_test(bad_arguments),
    cmocka_unit_test(groups_survive_the_process),
    cmocka_unit_test(what_another_process_sets_is_seen_by_the_next_create),
    cmocka_unit_test(downloads_are_listed_by_their_group),
    cmocka_unit_test(a_clients_own_group),
    cmocka_unit_test(a_clients_own_group_that_is_none),
    cmocka_unit_test(hundreds_of_groups_with_downloads),
    cmocka_unit_test(without_a_place_for_state),
};

TEST_MAIN(tests)
