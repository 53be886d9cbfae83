/* SPDX-License-Identifier: MIT */
/* The store from outside, requests, and groups: docs/store.md. */
#include <stdatomic.h>
#include <string.h>

#include "test_main.h"

#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "src/store/store_tool.h"
#include "store_records.h"
#include "strings_ring.h"
#include "test_event.h"
#include "test_files.h"
#include "test_thread.h"

enum {
    LIVE = 10,  /* first record of the live instance */
    DEAD = 100, /* of the dead one */
    SOME = 5,
    WRITERS = 4,
    GROUPS = 10
};

static const char *app(void)
{
    return test_path("app");
}

static struct store *live;
static struct test_event requested;
static atomic_uint requests, last_requested;

static void note_request(void *context, enum store_request request, const struct store_id *id)
{
    struct store_id removed = *id;

    assert_ptr_equal(context, &requests);
    if (request == STORE_REQUEST_CANCEL) {
        /* What a handler is there for: it may call the store. */
        store_remove(live, &removed);
        last_requested = record_number(id);
        requests++;
        test_event_set(&requested);
    }
}

static int set_up(void **state)
{
    struct store *dead = open_store(app());

    (void)state;
    put_records(dead, DEAD, SOME);
    store_close(dead);
    test_event_init(&requested);
    live = open_store(app());
    store_set_request_handler(live, note_request, &requests);
    put_records(live, LIVE, SOME);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_close(live);
    test_event_destroy(&requested);
    return 0;
}

struct seen {
    unsigned live, dead, hives, groups, most;
};

static bool note_record(void *context, const struct store_tool_record *record)
{
    unsigned number = value_set_get_dword(record->values, DOWNLOAD_ATTEMPTS, 0);
    struct seen *seen = context;

    assert_int_equal(number, record_number(&record->id));
    assert_int_equal(number < DEAD, record->hive->live);
    *(record->hive->live ? &seen->live : &seen->dead) += 1;
    return seen->live + seen->dead != seen->most;
}

static bool note_hive(void *context, const struct store_tool_hive *hive)
{
    struct seen *seen = context;

    assert_int_equal(hive->status, PORT_OK);
    assert_int_equal(file_size(hive->path) > 0, true);
    assert_true(strlen(hive->path) > strlen(hive->name));
    *(hive->is_groups ? &seen->groups : &seen->hives) += 1;
    return true;
}

static void a_visit_sees_all_and_changes_nothing(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    assert_int_equal(store_tool_visit(app(), note_record, &seen), PORT_OK);
    assert_int_equal(seen.live, SOME);
    assert_int_equal(seen.dead, SOME);
    assert_int_equal(store_tool_visit_hives(app(), note_hive, &seen), PORT_OK);
    assert_int_equal(seen.hives, 2);
    assert_int_equal(seen.groups, 0);
    memset(&seen, 0, sizeof(seen));
    seen.most = 3;
    assert_int_equal(store_tool_visit(app(), note_record, &seen), PORT_OK);
    assert_int_equal(seen.live + seen.dead, 3);
    put_record(live, LIVE, 2);
    assert_int_equal(count_files(test_path("app/transfers"), ".hive"), 2);
}

static void without_a_store_there_is_nothing(void **state)
{
    struct seen seen = { 0 };
    struct store_id id;
    size_t count;
    bool asked;

    (void)state;
    record_id(1, &id);
    assert_int_equal(store_tool_visit(test_path("none"), note_record, &seen), PORT_OK);
    assert_int_equal(seen.live + seen.dead, 0);
    assert_int_equal(store_tool_cancel(test_path("none"), &id, &asked), PORT_NOT_FOUND);
    assert_int_equal(store_tool_purge(test_path("none"), note_record, &seen, &count), PORT_OK);
    assert_int_equal(count, 0);
}

static void a_live_instance_is_asked(void **state)
{
    struct store_id id;
    bool asked;

    (void)state;
    record_id(LIVE + 2, &id);
    assert_int_equal(store_tool_cancel(app(), &id, &asked), PORT_OK);
    assert_true(asked);
    assert_true(test_event_wait(&requested, TEST_WAIT_MS));
    assert_int_equal(last_requested, LIVE + 2);
    assert_int_equal(store_flush(live), PORT_OK);
    assert_int_equal(store_tool_cancel(app(), &id, &asked), PORT_NOT_FOUND);
    assert_false(asked);
    assert_int_equal(requests, 1);
    assert_int_equal(count_files(test_path("app/requests"), ""), 0);
}

static unsigned state_of(unsigned number)
{
    struct value_set *values;
    struct store_id id;
    unsigned state;

    record_id(number, &id);
    assert_int_equal(store_get(live, &id, &values), PORT_OK);
    state = value_set_get_dword(values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE);
    value_set_free(values);
    return state;
}

static void a_dead_ones_record_is_canceled_itself(void **state)
{
    static struct adopted adopted;
    struct store_id id;
    bool asked;

    (void)state;
    record_id(DEAD + 1, &id);
    assert_int_equal(store_tool_cancel(app(), &id, &asked), PORT_OK);
    assert_false(asked);
    assert_int_equal(store_tool_cancel(app(), &id, &asked), PORT_WRONG_STATE);
    record_id(DEAD + SOME, &id);
    assert_int_equal(store_tool_cancel(app(), &id, &asked), PORT_NOT_FOUND);
    adopt_all(live, &adopted);
    check_adopted(&adopted, DEAD, SOME);
    assert_int_equal(state_of(DEAD + 1), DOWNLOAD_CANCELED);
    assert_int_equal(state_of(DEAD + 2), DOWNLOAD_ACTIVE);
    assert_int_equal(requests, 0);
}

/* One that was left for an instance which died before it could act. */
static void a_request_reaches_the_adopter(void **state)
{
    static struct adopted adopted;

    (void)state;
    assert_int_equal(file_make_folders(test_path("app/requests"), true), PORT_OK);
    test_file_write(ring_format("%s/{%08x-5a5a-5a5a-5a5a-5a5a5a5a5a5a}.cancel",
                                test_path("app/requests"), DEAD + 3),
                    "", 0);
    test_file_write(test_path("app/requests/something else"), "", 0);
    adopt_all(live, &adopted);
    check_adopted(&adopted, DEAD, SOME);
    assert_true(test_event_wait(&requested, TEST_WAIT_MS));
    assert_int_equal(last_requested, DEAD + 3);
    assert_int_equal(requests, 1);
}

static bool take_none(void *context, const struct store_id *id, const struct value_set *values)
{
    (void)context;
    (void)id;
    (void)values;
    return false;
}

/* The application could not act on what it has not been told of. */
static void a_request_waits_until_its_record_is_told(void **state)
{
    static struct adopted adopted;
    struct store_id id;
    bool asked;

    (void)state;
    assert_int_equal(store_adopt(live, take_none, NULL), PORT_OK);
    record_id(DEAD + 3, &id);
    assert_int_equal(store_tool_cancel(app(), &id, &asked), PORT_OK);
    assert_true(asked);
    /* This one is told, and it is told after the other was looked at. */
    record_id(LIVE + 1, &id);
    assert_int_equal(store_tool_cancel(app(), &id, &asked), PORT_OK);
    assert_true(test_event_wait(&requested, TEST_WAIT_MS));
    assert_int_equal(last_requested, LIVE + 1);
    test_event_reset(&requested);
    adopt_all(live, &adopted);
    check_adopted(&adopted, DEAD, SOME);
    assert_true(test_event_wait(&requested, TEST_WAIT_MS));
    assert_int_equal(last_requested, DEAD + 3);
    assert_int_equal(requests, 2);
}

static bool is_odd(void *context, const struct store_tool_record *record)
{
    unsigned *calls = context;

    assert_false(record->hive->live);
    ++*calls;
    return record_number(&record->id) % 2;
}

static bool is_anything(void *context, const struct store_tool_record *record)
{
    (void)context;
    return record->values;
}

static void a_purge_forgets_what_was_chosen(void **state)
{
    static struct adopted adopted;
    unsigned calls = 0;
    size_t count;

    (void)state;
    assert_int_equal(store_tool_purge(app(), is_odd, &calls, &count), PORT_OK);
    assert_int_equal(calls, SOME);
    assert_int_equal(count, 2);
    adopt_all(live, &adopted);
    assert_int_equal(adopted.count, 3);
}

static void a_purge_of_all_removes_the_hive(void **state)
{
    struct store *dead = open_store(app());
    struct value_set *values = record_values(DEAD + SOME, 1);
    struct store_id id;
    file_handle file;
    size_t count;
    char *path;

    (void)state;
    record_id(DEAD + SOME, &id);
    assert_int_equal(store_private_file(dead, "body", &path, &file), PORT_OK);
    file_close(file);
    assert_int_equal(value_set_put_text(values, DOWNLOAD_PRIVATE_FILE, path), PORT_OK);
    assert_int_equal(store_put(dead, &id, values), PORT_OK);
    value_set_free(values);
    store_close(dead);
    assert_int_equal(store_tool_purge(app(), is_anything, NULL, &count), PORT_OK);
    assert_int_equal(count, SOME + 1);
    assert_int_equal(file_size(path), -1);
    assert_int_equal(count_files(test_path("app/transfers"), ".hive"), 1);
    memory_free(path);
}

static void ids_are_read_in_all_their_forms(void **state)
{
    static const char *const good[] = { "{12345678-9aBc-def0-1234-56789abcdef0}",
                                        "12345678-9abc-DEF0-1234-56789ABCDEF0" };
    static const char *const bad[] = { "",
                                       "{}",
                                       "{12345678-9abc-def0-1234-56789abcdef0",
                                       "12345678-9abc-def0-1234-56789abcdef0}",
                                       "{12345678-9abc-def0-1234-56789abcdef0}x",
                                       "{1234567g-9abc-def0-1234-56789abcdef0}",
                                       "12345678-9abc-def0-1234-56789abcdef" };
    char text[STORE_ID_TEXT_SIZE];
    struct store_id id;

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(store_tool_parse_id(good[i], &id));
        store_tool_format_id(&id, text);
        assert_string_equal(text, "{12345678-9abc-def0-1234-56789abcdef0}");
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(store_tool_parse_id(bad[i], &id));
}

static void check_group(struct store *store, const char *name, const char *tag)
{
    struct value_set *values;

    if (!tag) {
        assert_int_equal(store_get_group(store, name, &values), PORT_NOT_FOUND);
        return;
    }
    assert_int_equal(store_get_group(store, name, &values), PORT_OK);
    assert_string_equal(value_set_get_text(values, DOWNLOAD_TAG), tag);
    value_set_free(values);
}

static void of_groups_the_last_writer_wins(void **state)
{
    struct store *one = open_store(app()), *other = open_store(app());
    struct seen seen = { 0 };

    (void)state;
    check_group(one, "a", NULL);
    put_group(one, "a", "1");
    put_group(other, "b", "2");
    check_group(one, "b", "2");
    put_group(other, "a", "3");
    check_group(one, "a", "3");
    assert_int_equal(store_flush(one), PORT_OK);
    store_close(one);
    store_close(other);
    one = open_store(app());
    check_group(one, "a", "3");
    check_group(one, "b", "2");
    store_close(one);
    assert_int_equal(store_tool_visit_hives(app(), note_hive, &seen), PORT_OK);
    assert_int_equal(seen.groups, 1);
    assert_int_equal(seen.hives, 2);
}

static void groups_have_any_names(void **state)
{
    static char long_name[2][1000];
    const char *names[] = { "A", "a", "a\\b", "a/b", "%41",        "\xc3\xa4",
                            " ", "%", "\\",   "..",  long_name[0], long_name[1] };
    struct value_set *values;
    size_t i;

    (void)state;
    memset(long_name[0], 'X', sizeof(long_name[0]) - 1);
    memset(long_name[1], 'X', sizeof(long_name[1]) - 1);
    long_name[1][900] = 'Y';
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        check_group(live, names[i], NULL);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        put_group(live, names[i], ring_format("%u", (unsigned)i));
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        check_group(live, names[i], ring_format("%u", (unsigned)i));
    assert_int_equal(value_set_create(&values), PORT_OK);
    assert_int_equal(store_put_group(live, "", values), PORT_INVALID);
    value_set_free(values);
}

static void a_groups_file_that_is_none_is_replaced(void **state)
{
    const char *path = test_path("app/transfers/groups.hive");
    file_handle file;

    (void)state;
    assert_int_equal(file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_PRIVATE, &file),
                     PORT_OK);
    for (unsigned i = 0; i < 20; i++)
        assert_int_equal(file_write_at(file, i * 10, "No hive!..", 10), PORT_OK);
    file_close(file);
    check_group(live, "a", NULL);
    put_group(live, "a", "1");
    check_group(live, "a", "1");
    assert_int_equal(file_size(ring_format("%s.damaged", path)), 200);
}

static void write_groups(void *argument)
{
    unsigned writer = *(unsigned *)argument;
    struct store *store = open_store(app());

    for (unsigned i = 0; i < GROUPS; i++)
        put_group(store, ring_format("%u-%u", writer, i), "x");
    store_close(store);
}

static void many_write_groups(void **state)
{
    struct test_thread *threads[WRITERS];
    unsigned numbers[WRITERS];

    (void)state;
    for (unsigned i = 0; i < WRITERS; i++) {
        numbers[i] = i;
        threads[i] = test_thread_start(write_groups, &numbers[i]);
    }
    for (unsigned i = 0; i < WRITERS; i++)
        test_thread_join(threads[i]);
    for (unsigned i = 0; i < WRITERS * GROUPS; i++)
        check_group(live, ring_format("%u-%u", i / GROUPS, i % GROUPS), "x");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_visit_sees_all_and_changes_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown(without_a_store_there_is_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_live_instance_is_asked, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_dead_ones_record_is_canceled_itself, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_request_reaches_the_adopter, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_request_waits_until_its_record_is_told, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_purge_forgets_what_was_chosen, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_purge_of_all_removes_the_hive, set_up, tear_down),
    cmocka_unit_test_setup_teardown(ids_are_read_in_all_their_forms, set_up, tear_down),
    cmocka_unit_test_setup_teardown(of_groups_the_last_writer_wins, set_up, tear_down),
    cmocka_unit_test_setup_teardown(groups_have_any_names, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_groups_file_that_is_none_is_replaced, set_up, tear_down),
    cmocka_unit_test_setup_teardown(many_write_groups, set_up, tear_down),
};

TEST_MAIN_UNIT(tests)
