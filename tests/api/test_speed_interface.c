/* SPDX-License-Identifier: MIT */
/* ISpeedLimit as an interface: what it takes and gives, and how it is found. docs/own-interface.md
 */
#include "speed.h"

#include <winrt.backgroundtransfer.h>

#include "groups.h"

static void any_number_is_a_limit(void **state)
{
    static const UINT64 numbers[] = { 1, UINT64_C(1) << 32, INT64_MAX, UINT64_MAX, 0 };
    IBackgroundTransferGroup *group = group_new("any"), *again;
    struct watch watch;
    void *process = speed_process();

    (void)state;
    speed_create_small(&watch, "any", 7);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        speed_limit(watch.operation, numbers[i]);
        assert_int_equal(speed_limit_of(watch.operation), numbers[i]);
        speed_limit(process, numbers[i]);
        assert_int_equal(speed_limit_of(process), numbers[i]);
        speed_limit(group, numbers[i]);
        again = group_new("any");
        assert_int_equal(speed_limit_of(again), numbers[i]);
        check_last_release(again);
    }
    speed_limit(process, UINT64_MAX);
    speed_limit(watch.operation, UINT64_MAX);
    watch_start(&watch);
    assert_int_equal(watch_end(&watch, NULL), Completed);
    speed_limit(watch.operation, 8);
    assert_int_equal(speed_limit_of(watch.operation), 8);
    watch_close(&watch);
    check_last_release(group);
    release_ref(process);
}

/* What is stored of a group is two things, which are set one by one. */
static void a_groups_limit_and_behavior_are_kept_both(void **state)
{
    IBackgroundTransferGroup *group = group_new("both");

    (void)state;
    speed_limit(group, 1234);
    group_set(group, BackgroundTransferBehavior_Serialized);
    speed_limit(group, 5678);
    check_last_release(group);
    group = group_new("both");
    assert_int_equal(group_get(group), BackgroundTransferBehavior_Serialized);
    assert_int_equal(speed_limit_of(group), 5678);
    group_set(group, BackgroundTransferBehavior_Parallel);
    check_last_release(group);
    group = group_new("both");
    assert_int_equal(speed_limit_of(group), 5678);
    check_last_release(group);
}

static void check_cloaked(void *object)
{
    ISpeedLimit *limit = query(object, &IID_ISpeedLimit);
    ULONG count = 0;
    IID *iids = NULL;

    check_same_object(object, limit);
    check_ok(ISpeedLimit_GetIids(limit, &count, &iids));
    assert_int_not_equal(count, 0);
    for (ULONG i = 0; i < count; i++)
        assert_false(IsEqualGUID(&iids[i], &IID_ISpeedLimit));
    CoTaskMemFree(iids);
    check_hresult(E_POINTER, ISpeedLimit_get_MaxBytesPerSecond(limit, NULL));
    release_ref(limit);
}

/* Known to those who ask, and not listed: who enumerates finds what the documentation names. */
static void it_is_asked_for(void **state)
{
    IDownloadOperation *operation =
        download_new(NULL, server_url("FAULT_HTTP", "/bytes/1000"), "a.bin");
    IBackgroundTransferGroup *group = group_new("asked");
    void *process = speed_process();

    (void)state;
    check_cloaked(operation);
    check_cloaked(group);
    check_cloaked(process);
    release_ref(process);
    check_last_release(group);
    check_last_release(operation);
}

/* Programs that were built with it rely on that. */
static void it_never_changes(void **state)
{
    static const GUID iid = {
        0x91f2b805, 0xed21, 0x4af3, { 0x86, 0x95, 0x9d, 0x18, 0x0b, 0xf5, 0xff, 0x4b }
    };

    (void)state;
    assert_true(IsEqualGUID(&iid, &IID_ISpeedLimit));
    assert_int_equal(offsetof(ISpeedLimitVtbl, get_MaxBytesPerSecond), 6 * sizeof(void *));
    assert_int_equal(offsetof(ISpeedLimitVtbl, put_MaxBytesPerSecond), 7 * sizeof(void *));
}
static const struct CMUnitTest tests[] = {
    cmocka_unit_test(any_number_is_a_limit),
    cmocka_unit_test(a_groups_limit_and_behavior_are_kept_both),
    cmocka_unit_test(it_is_asked_for),
    cmocka_unit_test(it_never_changes),
};

TEST_MAIN(tests)
