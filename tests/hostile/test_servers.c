/* SPDX-License-Identifier: MIT */
/*
 * Servers that lie, trickle, flood and stop: a download from each of them, and what comes of it.
 * Each row of table.tsv is a test. docs/hostile-servers.md
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "memory_use.h"
#include "platform.h"
#include "src/port/clock.h"
#include "src/port/files.h"
#include "strings_ring.h"

/* No row waits for anything as long as this, unless it hangs: the limits that are not shortened for
 * it are minutes. */
#define MOST_MS 20000

static struct hostile_row rows[TABLE_ROWS_MOST];

struct outcome {
    AsyncStatus status;
    HRESULT error;
};

static struct outcome run(const struct hostile_row *row, IDownloadOperation *operation)
{
    download_async *async = download_start(operation);
    struct outcome outcome;

    if (row_has(row, "late", NULL))
        client_cancel_late(operation, async);
    outcome.status = await_with_progress(async);
    outcome.error = operation_error(async);
    release_ref(async);
    return outcome;
}

/* --- What is left --- */

static void check_result(const struct hostile_row *row, const char *results, struct outcome outcome)
{
    const char *text = outcome.status == Completed ? "S_OK"
                       : outcome.status == Canceled
                           ? "canceled"
                           : ring_format("0x%08X", (unsigned)outcome.error);

    if (!strstr(results, text))
        fail_msg("%s: %s, expected %s", row->name, text, results);
    if (outcome.status == Error && !strcmp(results, row->results))
        assert_int_equal(web_status(outcome.error), web_status_by_name(row->status));
}

static void check_content(const char *path, const char *expected)
{
    char *content = test_file_read(path, NULL);

    assert_non_null(content);
    assert_string_equal(content, expected);
    free(content);
}

/* "untouched", "empty", "whole N", "whole N@VERSION", "prefix N", "size N". */
static void check_file(const struct hostile_row *row, IDownloadOperation *operation)
{
    const char *path = test_path("a.bin");
    unsigned long long size = 0;
    unsigned version = 1;
    char word[20] = "";

    assert_in_range(sscanf(row->file, "%19s %llu@%u", word, &size, &version), 1, 3);
    if (!strcmp(word, "untouched"))
        check_content(path, CONTENT_BEFORE);
    else if (!strcmp(word, "size"))
        assert_int_equal(file_size(path), size);
    else
        check_version_file(path, version, size);
    assert_int_equal(progress_of(operation).BytesReceived, size);
}

static bool is_ours(void *context, const char *name, enum file_kind kind)
{
    static const char *const ours[] = { "a.bin", "b.bin", "body.bin", "state" };
    bool found = false;

    (void)kind;
    for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
        found |= !strcmp(ours[i], name);
    if (!found)
        print_error("%s was made\n", name);
    *(bool *)context &= found;
    return true;
}

/* No server names a file. */
static void check_no_other_file(void)
{
    bool all_ours = true;

    assert_int_equal(file_visit(test_scratch(), is_ours, &all_ours), PORT_OK);
    assert_true(all_ours);
    assert_int_equal(file_size(test_path("../evil")), -1);
    assert_int_equal(file_size(test_path("../../../evil")), -1);
}

/* "..." stands for any number of further ones. */
static void check_asked(const struct hostile_row *row, const char *asked)
{
    const char *any = strstr(row->requests, "...");

    if (any && !any[3] ? strncmp(row->requests, asked, (size_t)(any - row->requests))
                       : strcmp(row->requests, asked))
        fail_msg("%s: asked %s\nexpected %s", row->name, asked, row->requests);
}

/* --- The test --- */

/* Where the system below makes a difference. */
static const char *expected_results(const struct hostile_row *row)
{
    static const char skip[] = "skip: ";

    if (!UNDER_WINE || !strcmp(row->wine, "-"))
        return row->results;
    if (!strncmp(row->wine, skip, strlen(skip)))
        skip_under_wine(row->wine + strlen(skip));
    return row->wine;
}

static void holds(void **state)
{
    const struct hostile_row *row = *state;
    const char *results = expected_results(row);
    IDownloadOperation *operation;
    struct outcome outcome;
    uint64_t begun, memory;
    unsigned took, grown;
    struct play play;
    const char *url;

    play_begin(&play, row->name);
    client_prepare(row, &play);
    url = client_url(row, &play);
    operation = client_download(row, url, "a.bin");
    memory = peak_memory();
    begun = clock_monotonic_ns();
    outcome = run(row, operation);
    took = (unsigned)((clock_monotonic_ns() - begun) / 1000000);
    grown = (unsigned)((peak_memory() - memory) >> 20);
    print_message("%s: 0x%08X in %u ms, %u MiB: %s\n", row->name, (unsigned)outcome.error, took,
                  grown, client_message(operation));

    if (row_has(row, "twice", NULL)) {
        download_whole(url, "b.bin");
        check_pattern_file(test_path("b.bin"), 1000);
    }
    check_result(row, results, outcome);
    check_asked(row, play_end(&play));
    check_file(row, operation);
    check_no_other_file();
    check_last_release_soon(operation);
    assert_in_range(took, 0, MOST_MS);
    assert_in_range(grown, 0, MEMORY_MOST_MIB);

    /* And it has done no harm to anybody else. */
    download_whole(server_url("FAULT_HTTP", "/bytes/1000"), "b.bin");
}

int main(int argc, char **argv)
{
    static struct CMUnitTest tests[TABLE_ROWS_MOST];
    size_t count = table_load(rows);
    int code;

    if (!count)
        return 2;
    for (size_t i = 0; i < count; i++) {
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = holds,
                                        .initial_state = &rows[i] };
    }
    code = test_begin(argc, argv, tests, count);
    if (code)
        return code;
    return _cmocka_run_group_tests("hostile", tests, count, test_runtime_begin, test_runtime_end)
               ? 1
               : 0;
}
