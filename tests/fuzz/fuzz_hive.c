/* SPDX-License-Identifier: MIT */
/*
 * A hive's file. The first byte says what the rest is: the file as it is, or records that a log is
 * made of (hive_log.h) whose checksums are right but where they shall be wrong, so that the deeper
 * parts are reached and it is known what has to be there.
 *
 * Whatever the file: reading it changes nothing; what is replayed is replayed again and again, is
 * compacted and goes on to be written, and stays the same. Of a log that is cut off anywhere or has
 * damaged records, exactly the sound ones are there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "hive_log.h"
#include "hive_text.h"
#include "memory_files.h"
#include "src/store/hive.h"

static char path[512], new_path[520];

static void make_placeholder(const char *name)
{
    file_handle file;

    /* That a hive is the user's own is asked of the system, not of the seam. */
    REQUIRE(!file_open(name, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file));
    file_close(file);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    snprintf(path, sizeof(path), "%s/hive", fuzz_folder());
    snprintf(new_path, sizeof(new_path), "%s" HIVE_NEW_SUFFIX, path);
    make_placeholder(path);
    make_placeholder(new_path);
    memory_files_use(path);
    return 0;
}

static struct hive *reopen(struct hive *hive)
{
    hive_close(hive);
    REQUIRE(!hive_open(path, &hive));
    return hive;
}

/* The same text, and the text before is freed. */
static void require_text(struct hive *hive, char *before)
{
    char *after = hive_text(hive);

    REQUIRE(!strcmp(before, after));
    free(before);
    free(after);
}

/* Reading alone: as much is there, and no byte of the file changes. */
static enum port_status read_only(const uint8_t *bytes, size_t size, char **ret_text)
{
    enum port_status status;
    const uint8_t *after;
    struct hive *hive;
    size_t after_size;

    *ret_text = NULL;
    status = hive_open_read_only(path, &hive);
    REQUIRE(status == PORT_OK || status == PORT_INVALID);
    if (!status) {
        *ret_text = hive_text(hive);
        REQUIRE(hive_create_key(hive, "Other") == PORT_DENIED || hive_has_key(hive, "Other"));
        hive_close(hive);
    }
    after = memory_file_get(path, &after_size);
    REQUIRE(after_size == size && (!size || !memcmp(after, bytes, size)));
    return status;
}

/* It takes a new record, and has it the next time. */
static struct hive *write_more(struct hive *hive)
{
    static const char name[] = "Fuzz\\new";
    uint8_t number[4] = { 1, 2, 3, 4 }, got[4];
    size_t size = sizeof(got);

    REQUIRE(!hive_delete_tree(hive, name));
    REQUIRE(!hive_set_value(hive, name, "Value", REGISTRY_DWORD, number, sizeof(number)));
    hive = reopen(hive);
    REQUIRE(!hive_query_value(hive, name, "value", REGISTRY_DWORD, got, &size));
    REQUIRE(size == sizeof(got) && !memcmp(got, number, size));
    return hive;
}

static bool take_first(void *context, const char *name)
{
    snprintf(context, 256, "%s", name);
    return false;
}

static struct hive *delete_first(struct hive *hive)
{
    char name[256] = "", *text;

    REQUIRE(!hive_enum_keys(hive, "", take_first, name));
    REQUIRE(!hive_delete_tree(hive, name));
    REQUIRE(!hive_has_key(hive, name));
    text = hive_text(hive);
    hive = reopen(hive);
    require_text(hive, text);
    return hive;
}

static void check_open(char *text)
{
    struct hive_damage damage;
    struct hive *hive;

    REQUIRE(!hive_open(path, &hive));
    require_text(hive, text);

    text = hive_text(hive);
    hive = reopen(hive);
    hive_get_damage(hive, &damage);
    REQUIRE(!damage.torn_bytes);
    require_text(hive, text);

    hive = write_more(hive);
    text = hive_text(hive);
    REQUIRE(!hive_compact(hive));
    hive = reopen(hive);
    hive_get_damage(hive, &damage);
    REQUIRE(!damage.torn_bytes && !damage.bad_records);
    require_text(hive, text);

    hive = delete_first(hive);
    hive_close(hive);
}

static void check_file(const uint8_t *bytes, size_t size)
{
    enum port_status status;
    struct hive *hive;
    char *text;

    memory_file_put(path, bytes, size);
    status = read_only(bytes, size, &text);
    if (!status) {
        check_open(text);
        return;
    }
    REQUIRE(hive_open(path, &hive) == status && !hive);
    REQUIRE(read_only(bytes, size, &text) == status);
}

static void check_log(struct fuzz_input *input)
{
    struct hive_log log;
    struct hive *hive;

    hive_log_make(&log, input);
    memory_file_put(path, log.bytes, log.size);
    REQUIRE(!hive_open_read_only(path, &hive));
    hive_log_compare(&log, hive);
    hive_close(hive);
    check_file(log.bytes, log.size);
    hive_log_free(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    uint8_t kind;

    if (!size)
        return 0;
    kind = fuzz_u8(&input);
    memory_files_refuse_filling(kind % 16);
    if (kind == 'F')
        check_file(input.at, fuzz_left(&input));
    else
        check_log(&input);
    memory_files_clear();
    return 0;
}
