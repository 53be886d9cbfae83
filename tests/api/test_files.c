/* SPDX-License-Identifier: MIT */
/* The result file: what happens when the file system does not play along. */
#define _GNU_SOURCE /* unshare */
#include "fixture.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strings_ring.h"

/* Permissions mean nothing to root. */
static bool permissions_count(void)
{
    return geteuid() != 0;
}

static void fails_to(IStorageFile *file, HRESULT expected)
{
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/5000"));
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;
    HRESULT error;

    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, &error), Error);
    check_hresult(expected, error);
    assert_int_equal(web_status(error), WebErrorStatus_Unknown);
    assert_int_equal(progress_of(operation).Status, BackgroundTransferStatus_Error);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(uri);
}

static void a_file_that_was_removed(void **state)
{
    IStorageFile *file = file_new("a.bin");

    (void)state;
    assert_int_equal(unlink(test_path("a.bin")), 0);
    fails_to(file, (HRESULT)0x80070002);
    assert_int_equal(file_size(test_path("a.bin")), -1);
    check_last_release_soon(file);
}

static void a_file_that_is_now_a_folder(void **state)
{
    IStorageFile *file = file_new("a.bin");

    (void)state;
    assert_int_equal(unlink(test_path("a.bin")), 0);
    assert_int_equal(mkdir(test_path("a.bin"), 0700), 0);
    fails_to(file, E_ACCESSDENIED);
    check_last_release_soon(file);
}

static void a_folder_that_is_now_a_file(void **state)
{
    IStorageFile *file;
    FILE *stream;

    (void)state;
    assert_int_equal(mkdir(test_path("folder"), 0700), 0);
    file = file_new("folder/a.bin");
    assert_int_equal(unlink(test_path("folder/a.bin")), 0);
    assert_int_equal(rmdir(test_path("folder")), 0);
    stream = fopen(test_path("folder"), "w");
    assert_non_null(stream);
    fclose(stream);
    fails_to(file, __HRESULT_FROM_WIN32(ERROR_DIRECTORY));
    check_last_release_soon(file);
}

static void a_read_only_file(void **state)
{
    IStorageFile *file;

    (void)state;
    if (!permissions_count())
        skip();
    file = file_new("a.bin");
    assert_int_equal(chmod(test_path("a.bin"), 0400), 0);
    fails_to(file, E_ACCESSDENIED);
    check_last_release_soon(file);
}

/* The file may be written, though nothing can be made beside it. */
static void a_file_in_a_read_only_folder(void **state)
{
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/bytes/5000"));
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;
    IStorageFile *file;

    (void)state;
    if (!permissions_count())
        skip();
    assert_int_equal(mkdir(test_path("folder"), 0700), 0);
    file = file_new("folder/a.bin");
    assert_int_equal(chmod(test_path("folder"), 0500), 0);
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, NULL), Completed);
    check_pattern_file(test_path("folder/a.bin"), 5000);
    assert_int_equal(chmod(test_path("folder"), 0700), 0);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(uri);
    check_last_release_soon(file);
}

static void a_folder_that_may_not_be_entered(void **state)
{
    IStorageFile *file;

    (void)state;
    if (!permissions_count())
        skip();
    assert_int_equal(mkdir(test_path("folder"), 0700), 0);
    file = file_new("folder/a.bin");
    assert_int_equal(chmod(test_path("folder"), 0), 0);
    fails_to(file, E_ACCESSDENIED);
    assert_int_equal(chmod(test_path("folder"), 0700), 0);
    check_last_release_soon(file);
}

static bool write_text(const char *path, const char *text)
{
    FILE *stream = fopen(path, "w");
    bool ok = stream && fputs(text, stream) >= 0;

    return stream && fclose(stream) == 0 && ok;
}

/* Where mounting is not allowed it may be in a namespace of our own, in which this user is root. */
static bool enter_namespace(void)
{
    const char *user = ring_format("0 %u 1", (unsigned)geteuid());
    const char *group = ring_format("0 %u 1", (unsigned)getegid());

    return unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
           write_text("/proc/self/setgroups", "deny") && write_text("/proc/self/uid_map", user) &&
           write_text("/proc/self/gid_map", group);
}

static bool mount_small(const char *path)
{
    return mount("none", path, "tmpfs", 0, "size=64k") == 0;
}

/* Makes `path` a folder on a small volume: one that is mounted here, or the one that who started
 * the tests has mounted. */
static bool provide_small(const char *path)
{
    const char *mounted = getenv("WINRT_TEST_SMALL_DISK");

    if (mount_small(path) || (enter_namespace() && mount_small(path)))
        return true;
    return mounted && rmdir(path) == 0 && symlink(mounted, path) == 0;
}

/* A volume of 64 KiB. Skipped where nobody may mount one. */
static void a_full_disk(void **state)
{
    IBackgroundDownloader *downloader;
    IDownloadOperation *operation = NULL;
    IUriRuntimeClass *uri;
    IStorageFile *file;
    HRESULT error;

    (void)state;
    assert_int_equal(mkdir(test_path("small"), 0700), 0);
    if (!provide_small(test_path("small")))
        skip();
    uri = uri_new(server_url("FAULT_HTTP", "/bytes/1000000"));
    downloader = downloader_new();
    file = file_new("small/a.bin");
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, &error), Error);
    check_last_release_soon(operation);
    if (umount2(test_path("small"), MNT_DETACH) != 0)
        assert_int_equal(unlink(test_path("small/a.bin")), 0);
    check_hresult(__HRESULT_FROM_WIN32(ERROR_DISK_FULL), error);
    check_last_release(downloader);
    check_last_release(uri);
    check_last_release_soon(file);
}

/* The device that is always full: the same error for everybody. */
static void a_device_that_is_full(void **state)
{
    IStorageFile *file = file_new("a.bin");

    (void)state;
    assert_int_equal(unlink(test_path("a.bin")), 0);
    assert_int_equal(symlink("/dev/full", test_path("a.bin")), 0);
    fails_to(file, __HRESULT_FROM_WIN32(ERROR_DISK_FULL));
    check_last_release_soon(file);
}

/* A failed request leaves the file as it was. */
static void without_a_body_the_file_is_untouched(void **state)
{
    IStorageFile *file = file_with("a.bin", "kept", 4);
    IUriRuntimeClass *uri = uri_new(server_url("FAULT_HTTP", "/status/404"));
    IBackgroundDownloader *downloader = downloader_new();
    IDownloadOperation *operation = NULL;
    char *text;

    (void)state;
    check_ok(IBackgroundDownloader_CreateDownload(downloader, uri, file, &operation));
    assert_int_equal(download_run(operation, NULL), Error);
    text = file_text("a.bin");
    assert_string_equal(text, "kept");
    free(text);
    check_last_release_soon(operation);
    check_last_release(downloader);
    check_last_release(uri);
    check_last_release_soon(file);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_file_that_was_removed),
    cmocka_unit_test(a_file_that_is_now_a_folder),
    cmocka_unit_test(a_folder_that_is_now_a_file),
    cmocka_unit_test(a_read_only_file),
    cmocka_unit_test(a_file_in_a_read_only_folder),
    cmocka_unit_test(a_folder_that_may_not_be_entered),
    cmocka_unit_test(a_full_disk),
    cmocka_unit_test(a_device_that_is_full),
    cmocka_unit_test(without_a_body_the_file_is_untouched),
};

TEST_MAIN(tests)
