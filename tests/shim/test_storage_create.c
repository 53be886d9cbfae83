/* SPDX-License-Identifier: MIT */
/* CreateFileAsync and CreateFolderAsync of StorageFolder: every option, and what goes wrong. */
#include "items.h"

#include <stdio.h>
#include <string.h>

#include "path_samples.h"
#include "src/port/paths.h"
#include "test_thread.h"

static void a_new_file_is_there_and_empty(void **state)
{
    IStorageFolder *folder = get_scratch();
    IStorageFile *file = create_file(folder, "a.txt", CreationCollisionOption_FailIfExists);

    (void)state;
    check_name("a.txt", file);
    check_place("a.txt", file);
    check_content("", "a.txt");
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void without_an_option_a_name_in_use_fails(void **state)
{
    IStorageFolder *folder = get_scratch();
    IAsyncOperation_StorageFile *file_operation = NULL;
    IAsyncOperation_StorageFolder *folder_operation = NULL;
    IStorageFile *file = NULL;

    (void)state;
    check_ok(IStorageFolder_CreateFileAsyncOverloadDefaultOptions(folder, string_of("a"),
                                                                  &file_operation));
    await_results(file_operation, &file);
    check_last_release_soon(file);
    put_file("a", "kept");
    check_ok(IStorageFolder_CreateFileAsyncOverloadDefaultOptions(folder, string_of("a"),
                                                                  &file_operation));
    await_error(HRESULT_ALREADY_EXISTS, file_operation);
    check_ok(IStorageFolder_CreateFolderAsyncOverloadDefaultOptions(folder, string_of("a"),
                                                                    &folder_operation));
    await_error(HRESULT_ALREADY_EXISTS, folder_operation);
    check_content("kept", "a");
    check_last_release_soon(folder);
}

static void fail_if_exists_keeps_the_file(void **state)
{
    IStorageFolder *folder = get_scratch();
    IAsyncOperation_StorageFile *operation = NULL;

    (void)state;
    put_file("a.txt", "kept");
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of("a.txt"),
                                            CreationCollisionOption_FailIfExists, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);
    check_content("kept", "a.txt");
    assert_int_equal(1, count_entries(""));
    check_last_release_soon(folder);
}

static void replace_existing_empties_the_file(void **state)
{
    IStorageFolder *folder = get_scratch();
    IStorageFile *file;

    (void)state;
    put_file("a.txt", "old");
    file = create_file(folder, "a.txt", CreationCollisionOption_ReplaceExisting);
    check_name("a.txt", file);
    check_content("", "a.txt");
    assert_int_equal(1, count_entries(""));
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void open_if_exists_keeps_the_file_or_makes_it(void **state)
{
    IStorageFolder *folder = get_scratch();
    IStorageFile *file;

    (void)state;
    file = create_file(folder, "new.txt", CreationCollisionOption_OpenIfExists);
    check_content("", "new.txt");
    check_last_release_soon(file);
    put_file("a.txt", "kept");
    file = create_file(folder, "a.txt", CreationCollisionOption_OpenIfExists);
    check_place("a.txt", file);
    check_content("kept", "a.txt");
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void unique_names_count_up_before_the_extension(void **state)
{
    static const struct {
        const char *asked, *taken, *expected;
    } table[] = {
        { "MyFile.txt", "MyFile.txt", "MyFile (2).txt" },
        { "MyFile.txt", NULL, "MyFile (3).txt" },
        { "a.tar.gz", "a.tar.gz", "a.tar (2).gz" },
        { "plain", "plain", "plain (2)" },
        { ".hidden", ".hidden", ".hidden (2)" },
        { "v1.0 notes", "v1.0 notes", "v1.0 notes (2)" },
        { "dot.", "dot.", "dot. (2)" },
        { "\xc3\xa4.\xc3\xb6", "\xc3\xa4.\xc3\xb6", "\xc3\xa4 (2).\xc3\xb6" },
        { "free.txt", NULL, "free.txt" },
    };
    IStorageFolder *folder = get_scratch();
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        IStorageFile *file;

        if (!path_name_is_allowed(table[i].asked)) /* by Windows, with a dot at the end */
            continue;
        if (table[i].taken)
            put_file(table[i].taken, "kept");
        file = create_file(folder, table[i].asked, CreationCollisionOption_GenerateUniqueName);
        check_name(table[i].expected, file);
        check_place(table[i].expected, file);
        assert_true(exists(table[i].expected));
        if (table[i].taken)
            check_content("kept", table[i].taken);
        check_last_release_soon(file);
    }
    check_last_release_soon(folder);
}

static void unique_names_go_on_after_the_highest(void **state)
{
    IStorageFolder *folder = get_scratch();
    IStorageFile *file;
    char name[32];
    unsigned i;

    (void)state;
    put_file("x.bin", "");
    for (i = 2; i <= 40; i++) {
        snprintf(name, sizeof(name), "x (%u).bin", i);
        put_file(name, "");
    }
    put_file("x (99999999).bin", ""); /* no number that was given here */
    file = create_file(folder, "x.bin", CreationCollisionOption_GenerateUniqueName);
    check_name("x (41).bin", file);
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void folders_have_the_four_options_too(void **state)
{
    IStorageFolder *folder = get_scratch(), *made;
    IAsyncOperation_StorageFolder *operation = NULL;

    (void)state;
    made = create_folder(folder, "f.d", CreationCollisionOption_FailIfExists);
    check_name("f.d", made);
    check_last_release_soon(made);
    put_file("f.d/inside", "kept");

    check_ok(IStorageFolder_CreateFolderAsync(folder, string_of("f.d"),
                                              CreationCollisionOption_FailIfExists, &operation));
    await_error(HRESULT_ALREADY_EXISTS, operation);

    made = create_folder(folder, "f.d", CreationCollisionOption_OpenIfExists);
    check_place("f.d", made);
    check_content("kept", "f.d/inside");
    check_last_release_soon(made);

    made = create_folder(folder, "f.d", CreationCollisionOption_GenerateUniqueName);
    check_name("f.d (2)", made);
    check_last_release_soon(made);

    made = create_folder(folder, "f.d", CreationCollisionOption_ReplaceExisting);
    check_name("f.d", made);
    assert_int_equal(0, count_entries("f.d"));
    assert_int_equal(2, count_entries(""));
    check_last_release_soon(made);
    check_last_release_soon(folder);
}

static void an_item_of_the_other_kind_is_never_replaced_or_opened(void **state)
{
    static const CreationCollisionOption options[] = { CreationCollisionOption_FailIfExists,
                                                       CreationCollisionOption_OpenIfExists,
                                                       CreationCollisionOption_ReplaceExisting };
    IStorageFolder *folder = get_scratch(), *made;
    IAsyncOperation_StorageFolder *folder_operation = NULL;
    IAsyncOperation_StorageFile *file_operation = NULL;
    IStorageFile *file;
    size_t i;

    (void)state;
    put_file("file", "kept");
    put_folder("folder");
    for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        check_ok(IStorageFolder_CreateFileAsync(folder, string_of("folder"), options[i],
                                                &file_operation));
        await_error(HRESULT_ALREADY_EXISTS, file_operation);
        check_ok(IStorageFolder_CreateFolderAsync(folder, string_of("file"), options[i],
                                                  &folder_operation));
        await_error(HRESULT_ALREADY_EXISTS, folder_operation);
    }
    check_content("kept", "file");
    file = create_file(folder, "folder", CreationCollisionOption_GenerateUniqueName);
    check_name("folder (2)", file);
    made = create_folder(folder, "file", CreationCollisionOption_GenerateUniqueName);
    check_name("file (2)", made);
    assert_int_equal(4, count_entries(""));
    check_last_release_soon(made);
    check_last_release_soon(file);
    check_last_release_soon(folder);
}

static void names_that_are_not_allowed_are_told_by_the_operation(void **state)
{
    static const WCHAR with_nul[] = { 'a', 0, 'b', 0 }, unpaired[] = { 'a', 0xd800, 0 };
    IStorageFolder *folder = get_scratch();
    IAsyncOperation_StorageFolder *folder_operation = NULL;
    IAsyncOperation_StorageFile *operation = NULL;
    HSTRING string = NULL;
    size_t i;

    (void)state;
    for (i = 0; forbidden_names[i]; i++) {
        check_ok(IStorageFolder_CreateFileAsync(folder, string_of(forbidden_names[i]),
                                                CreationCollisionOption_ReplaceExisting,
                                                &operation));
        await_error(HRESULT_INVALID_NAME, operation);
        check_ok(IStorageFolder_CreateFolderAsync(folder, string_of(forbidden_names[i]),
                                                  CreationCollisionOption_ReplaceExisting,
                                                  &folder_operation));
        await_error(HRESULT_INVALID_NAME, folder_operation);
    }
    check_ok(WindowsCreateString(with_nul, 3, &string));
    check_ok(IStorageFolder_CreateFileAsync(folder, string, 0, &operation));
    await_error(HRESULT_INVALID_NAME, operation);
    WindowsDeleteString(string);
    check_ok(WindowsCreateString(unpaired, 2, &string));
    check_ok(IStorageFolder_CreateFileAsync(folder, string, 0, &operation));
    await_error(HRESULT_INVALID_NAME, operation);
    WindowsDeleteString(string);
    assert_int_equal(0, count_entries(""));
    check_last_release_soon(folder);
}

static void names_that_are_too_long_are_told_by_the_operation(void **state)
{
    IStorageFolder *folder = get_scratch();
    IAsyncOperation_StorageFile *operation = NULL;
    char name[300];

    (void)state;
    memset(name, 'n', sizeof(name));
    name[256] = 0;
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of(name), 0, &operation));
    await_error(HRESULT_NAME_TOO_LONG, operation);
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of(name),
                                            CreationCollisionOption_OpenIfExists, &operation));
    await_error(HRESULT_NAME_TOO_LONG, operation);
    name[255] = 0;
    put_file(name, "");
    check_ok(IStorageFolder_CreateFileAsync(folder, string_of(name), 0, &operation));
    await_error(HRESULT_NAME_TOO_LONG, operation);
    assert_int_equal(1, count_entries(""));
    check_last_release_soon(folder);
}

static void bad_arguments_are_refused_at_once(void **state)
{
    IStorageFolder *folder = get_scratch();
    IAsyncOperation_StorageFolder *folder_operation = (void *)1;
    IAsyncOperation_StorageFile *operation = (void *)1;

    (void)state;
    check_hresult(E_INVALIDARG, IStorageFolder_CreateFileAsync(folder, NULL, 0, &operation));
    assert_null(operation);
    check_hresult(E_INVALIDARG,
                  IStorageFolder_CreateFolderAsync(folder, NULL, 0, &folder_operation));
    assert_null(folder_operation);
    check_hresult(E_INVALIDARG,
                  IStorageFolder_CreateFileAsync(folder, string_of("a"), 4, &operation));
    check_hresult(E_INVALIDARG,
                  IStorageFolder_CreateFileAsync(folder, string_of("a"), -1, &operation));
    check_hresult(E_INVALIDARG,
                  IStorageFolder_CreateFolderAsync(folder, string_of("a"), 4, &folder_operation));
    check_hresult(E_POINTER, IStorageFolder_CreateFileAsync(folder, string_of("a"), 0, NULL));
    check_hresult(E_POINTER, IStorageFolder_CreateFolderAsync(folder, string_of("a"), 0, NULL));
    check_hresult(E_POINTER,
                  IStorageFolder_CreateFileAsyncOverloadDefaultOptions(folder, string_of("a"),
                                                                       NULL));
    check_hresult(E_POINTER,
                  IStorageFolder_CreateFolderAsyncOverloadDefaultOptions(folder, string_of("a"),
                                                                         NULL));
    assert_int_equal(0, count_entries(""));
    check_last_release_soon(folder);
}

static void a_folder_that_went_away_is_not_found(void **state)
{
    IStorageFolder *folder = get_scratch(), *gone;
    IAsyncOperation_StorageFile *operation = NULL;
    IAsyncAction *action = NULL;
    IStorageItem *item;

    (void)state;
    gone = create_folder(folder, "gone", CreationCollisionOption_FailIfExists);
    item = query(gone, &IID_IStorageItem);
    check_ok(IStorageItem_DeleteAsyncOverloadDefaultOptions(item, &action));
    await_results(action, NULL);
    check_ok(IStorageFolder_CreateFileAsync(gone, string_of("a"), 0, &operation));
    await_error(HRESULT_NOT_FOUND, operation);
    release_ref(item);
    check_last_release_soon(gone);
    check_last_release_soon(folder);
}

static void a_folder_that_became_a_file_is_told(void **state)
{
    IStorageFolder *folder = get_scratch(), *changed;
    IAsyncOperation_StorageFolder *folder_operation = NULL;
    IAsyncOperation_StorageFile *operation = NULL;
    IAsyncAction *action = NULL;
    IStorageItem *item;

    (void)state;
    changed = create_folder(folder, "a", CreationCollisionOption_FailIfExists);
    item = query(changed, &IID_IStorageItem);
    check_ok(IStorageItem_DeleteAsyncOverloadDefaultOptions(item, &action));
    await_results(action, NULL);
    put_file("a", "kept");
    check_ok(IStorageFolder_CreateFileAsync(changed, string_of("b"), 0, &operation));
    await_error(__HRESULT_FROM_WIN32(ERROR_DIRECTORY), operation);
    check_ok(IStorageFolder_CreateFolderAsync(changed, string_of("b"),
                                              CreationCollisionOption_OpenIfExists,
                                              &folder_operation));
    await_error(__HRESULT_FROM_WIN32(ERROR_DIRECTORY), folder_operation);
    check_content("kept", "a");
    release_ref(item);
    check_last_release_soon(changed);
    check_last_release_soon(folder);
}

#define CREATORS   8
#define PER_THREAD 25

/* The threads call, the main thread waits and asserts. */
static struct creator {
    struct test_thread *thread;
    IStorageFolder *folder;
    HSTRING name;
    IAsyncOperation_StorageFile *operations[PER_THREAD];
} creators[CREATORS];

static void create_many(void *argument)
{
    struct creator *creator = argument;
    unsigned i;

    for (i = 0; i < PER_THREAD; i++)
        IStorageFolder_CreateFileAsync(creator->folder, creator->name,
                                       CreationCollisionOption_GenerateUniqueName,
                                       &creator->operations[i]);
}

static void names_are_unique_among_threads(void **state)
{
    IStorageFolder *folder = get_scratch();
    unsigned i, j;

    (void)state;
    for (i = 0; i < CREATORS; i++) {
        creators[i].folder = folder;
        creators[i].name = string_of("same.txt");
        creators[i].thread = test_thread_start(create_many, &creators[i]);
    }
    for (i = 0; i < CREATORS; i++)
        test_thread_join(creators[i].thread);
    for (i = 0; i < CREATORS; i++) {
        for (j = 0; j < PER_THREAD; j++) {
            IStorageFile *file = NULL;

            assert_non_null(creators[i].operations[j]);
            await_results(creators[i].operations[j], &file);
            check_last_release_soon(file);
        }
    }
    assert_int_equal(CREATORS * PER_THREAD, count_entries(""));
    check_last_release_soon(folder);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_new_file_is_there_and_empty),
    cmocka_unit_test(without_an_option_a_name_in_use_fails),
    cmocka_unit_test(fail_if_exists_keeps_the_file),
    cmocka_unit_test(replace_existing_empties_the_file),
    cmocka_unit_test(open_if_exists_keeps_the_file_or_makes_it),
    cmocka_unit_test(unique_names_count_up_before_the_extension),
    cmocka_unit_test(unique_names_go_on_after_the_highest),
    cmocka_unit_test(folders_have_the_four_options_too),
    cmocka_unit_test(an_item_of_the_other_kind_is_never_replaced_or_opened),
    cmocka_unit_test(names_that_are_not_allowed_are_told_by_the_operation),
    cmocka_unit_test(names_that_are_too_long_are_told_by_the_operation),
    cmocka_unit_test(bad_arguments_are_refused_at_once),
    cmocka_unit_test(a_folder_that_went_away_is_not_found),
    cmocka_unit_test(a_folder_that_became_a_file_is_told),
    cmocka_unit_test(names_are_unique_among_threads),
};

TEST_MAIN(tests)
