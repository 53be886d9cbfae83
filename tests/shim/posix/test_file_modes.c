/* SPDX-License-Identifier: MIT */
/* Permission bits. */
#define _XOPEN_SOURCE 700

#include "../streams.h"

#include <sys/stat.h>

static unsigned mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(0, stat(path, &info));
    return info.st_mode & 07777;
}

static void commit(const char *name)
{
    IFileRandomAccessStreamStatics *statics =
        get_statics(RuntimeClass_Windows_Storage_Streams_FileRandomAccessStream,
                    &IID_IFileRandomAccessStreamStatics);
    IAsyncOperation_StorageStreamTransaction *operation = NULL;
    IStorageStreamTransaction *transaction = NULL;
    IAsyncAction *action = NULL;

    check_ok(IFileRandomAccessStreamStatics_OpenTransactedWriteAsync(statics,
                                                                     string_of(test_path(name)),
                                                                     &operation));
    await_results(operation, &transaction);
    check_ok(IStorageStreamTransaction_CommitAsync(transaction, &action));
    await_results(action, NULL);
    check_last_release_soon(transaction);
    release_ref(statics);
}

static void the_permissions_stay(void **state)
{
    static const unsigned modes[] = { 0600, 0640, 0666, 0755 };
    unsigned i;

    (void)state;
    for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        put_file("a", "hello");
        assert_int_equal(0, chmod(test_path("a"), modes[i]));
        commit("a");
        assert_int_equal(modes[i], mode_of(test_path("a")));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_permissions_stay),
};

TEST_MAIN(tests)
