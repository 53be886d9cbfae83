/* SPDX-License-Identifier: MIT */
/* The override of the network's state, by a word and by a file with one. */
#include <string.h>

#include "test_main.h"

#include "calls.h"
#include "environment.h"
#include "src/port/files.h"
#include "src/port/network_state.h"
#include "test_event.h"
#include "test_files.h"

static const struct {
    const char *word;
    bool online;
    enum network_cost cost;
} words[] = {
    { "online", true, NETWORK_COST_UNRESTRICTED },
    { "metered", true, NETWORK_COST_METERED },
    { "roaming", true, NETWORK_COST_ROAMING },
    { "offline", false, NETWORK_COST_UNRESTRICTED },
};
#define WORDS (sizeof(words) / sizeof(words[0]))

static struct calls calls;

static void watch(void)
{
    calls_init(&calls);
    assert_int_equal(network_state_watch(calls_note, &calls), PORT_OK);
}

static void unwatch(void)
{
    network_state_unwatch();
    calls_destroy(&calls);
}

static bool has_word(size_t word)
{
    struct network_state state;

    network_state_get(&state);
    return state.overridden && state.online == words[word].online && state.cost == words[word].cost;
}

static bool has_none(size_t word)
{
    struct network_state state;

    (void)word;
    network_state_get(&state);
    return !state.overridden;
}

/* Each change of the state has a call behind it. */
static void wait_until(bool (*holds)(size_t word), size_t word)
{
    unsigned count;

    for (;;) {
        count = calls_count(&calls);
        if (holds(word))
            return;
        assert_true(calls_wait(&calls, count, TEST_WAIT_MS));
    }
}

static void write_word(const char *word)
{
    test_file_write(test_path("state"), word, strlen(word));
}

static void use_file(void)
{
    test_setenv("WINRT_NETWORK_STATE", NULL);
    test_setenv("WINRT_NETWORK_STATE_FILE", test_path("state"));
}

static void nothing_is_known_before_the_watch_and_after_it(void **state)
{
    struct network_state now;

    (void)state;
    test_setenv("WINRT_NETWORK_STATE", "offline");
    network_state_get(&now);
    assert_true(now.online && now.cost == NETWORK_COST_UNRESTRICTED && !now.overridden);
    watch();
    assert_true(has_word(3));
    assert_int_equal(network_state_watch(calls_note, &calls), PORT_WRONG_STATE);
    assert_true(has_word(3));
    unwatch();
    network_state_get(&now);
    assert_true(now.online && now.cost == NETWORK_COST_UNRESTRICTED && !now.overridden);
    network_state_unwatch();
}

static void a_word_in_the_environment_decides(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < WORDS; i++) {
        test_setenv("WINRT_NETWORK_STATE", words[i].word);
        watch();
        assert_true(has_word(i));
        assert_int_equal(calls_count(&calls), 0);
        unwatch();
    }
}

static void a_word_goes_before_a_file(void **state)
{
    (void)state;
    use_file();
    write_word("offline");
    test_setenv("WINRT_NETWORK_STATE", "metered");
    watch();
    assert_true(has_word(1));
    unwatch();
}

static void other_words_are_none(void **state)
{
    static const char *const others[] = { "Online", "on", "offline!", "offline online", "0" };
    size_t i;

    (void)state;
    test_setenv("WINRT_NETWORK_STATE_FILE", NULL);
    for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        test_setenv("WINRT_NETWORK_STATE", others[i]);
        watch();
        assert_true(has_none(0));
        unwatch();
    }
}

static void a_file_is_followed_from_word_to_word(void **state)
{
    size_t from, to;

    (void)state;
    use_file();
    write_word("online");
    watch();
    assert_true(has_word(0));
    for (from = 0; from < WORDS; from++) {
        for (to = 0; to < WORDS; to++) {
            write_word(words[from].word);
            wait_until(has_word, from);
            write_word(words[to].word);
            wait_until(has_word, to);
        }
    }
    unwatch();
}

static void a_file_comes_and_goes_and_is_replaced(void **state)
{
    enum port_status status;

    (void)state;
    use_file();
    watch();
    assert_true(has_none(0));
    write_word("offline");
    wait_until(has_word, 3);
    test_file_write(test_path("other"), "metered\n", 8);
    while ((status = file_rename(test_path("other"), test_path("state"), true)) == PORT_BUSY)
        ; /* under Wine, while the watch reads it */
    assert_int_equal(status, PORT_OK);
    wait_until(has_word, 1);
    assert_int_equal(file_rename(test_path("state"), test_path("other"), false), PORT_OK);
    wait_until(has_none, 0);
    assert_int_equal(file_rename(test_path("other"), test_path("state"), false), PORT_OK);
    wait_until(has_word, 1);
    assert_int_equal(file_remove(test_path("state")), PORT_OK);
    wait_until(has_none, 0);
    unwatch();
}

static void blanks_and_line_ends_around_a_word_are_fine(void **state)
{
    (void)state;
    use_file();
    write_word(" \t offline\r\n\n");
    watch();
    assert_true(has_word(3));
    unwatch();
}

static void rubbish_in_the_file_is_no_word(void **state)
{
    static const char *const rubbish[] = { "offlin", "offline offline", "\xff\xfe\x80", "\n",
                                           "state=offline" };
    char large[4096];
    size_t i;

    (void)state;
    use_file();
    watch();
    for (i = 0; i < sizeof(rubbish) / sizeof(rubbish[0]); i++) {
        write_word("metered");
        wait_until(has_word, 1);
        write_word(rubbish[i]);
        wait_until(has_none, 0);
    }
    write_word("metered");
    wait_until(has_word, 1);
    memset(large, ' ', sizeof(large));
    memcpy(large, "offline", 7);
    test_file_write(test_path("state"), large, sizeof(large));
    wait_until(has_none, 0);
    write_word("metered");
    wait_until(has_word, 1);
    test_file_write(test_path("state"), "offline\0", 8);
    wait_until(has_none, 0);
    unwatch();
}

static void an_empty_file_is_one_that_is_being_written(void **state)
{
    (void)state;
    use_file();
    write_word("offline");
    watch();
    write_word("");
    assert_false(calls_wait(&calls, 0, 100));
    assert_true(has_word(3));
    write_word("metered");
    wait_until(has_word, 1);
    unwatch();
}

static void a_file_that_cannot_be_watched_is_none(void **state)
{
    (void)state;
    test_setenv("WINRT_NETWORK_STATE", NULL);
    test_setenv("WINRT_NETWORK_STATE_FILE", test_path("no/such/folder"));
    watch();
    assert_true(has_none(0));
    unwatch();
    test_setenv("WINRT_NETWORK_STATE_FILE", "relative/state");
    watch();
    assert_true(has_none(0));
    unwatch();
    test_setenv("WINRT_NETWORK_STATE_FILE", test_scratch()); /* a folder */
    watch();
    assert_true(has_none(0));
    unwatch();
}

static void other_files_of_its_folder_are_none_of_its_business(void **state)
{
    (void)state;
    use_file();
    write_word("metered");
    watch();
    test_file_write(test_path("other"), "offline", 7);
    assert_false(calls_wait(&calls, 0, 100));
    assert_true(has_word(1));
    unwatch();
}

static bool reaches(const struct network_state *state, const char *host)
{
    return network_state_reaches(state, host);
}

static void an_override_holds_for_loopback_too(void **state)
{
    struct network_state now = { .online = false, .overridden = true };

    (void)state;
    assert_false(reaches(&now, "localhost"));
    assert_false(reaches(&now, "127.0.0.1"));
    assert_false(reaches(&now, "example.com"));
    now.online = true;
    assert_true(reaches(&now, "localhost"));
    assert_true(reaches(&now, "example.com"));
}

static void loopback_is_always_reached_otherwise(void **state)
{
    struct network_state now = { .online = false };

    (void)state;
    assert_true(reaches(&now, "localhost"));
    assert_true(reaches(&now, "127.0.0.1"));
    assert_true(reaches(&now, "::1"));
    assert_false(reaches(&now, "example.com"));
    now.online = true;
    assert_true(reaches(&now, "example.com"));
    assert_true(reaches(&now, "localhost"));
}

static void watching_begins_and_ends_many_times(void **state)
{
    unsigned i;

    (void)state;
    use_file();
    write_word("metered");
    for (i = 0; i < 50; i++) {
        watch();
        assert_true(has_word(1));
        unwatch();
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_is_known_before_the_watch_and_after_it),
    cmocka_unit_test(a_word_in_the_environment_decides),
    cmocka_unit_test(a_word_goes_before_a_file),
    cmocka_unit_test(other_words_are_none),
    cmocka_unit_test(a_file_is_followed_from_word_to_word),
    cmocka_unit_test(a_file_comes_and_goes_and_is_replaced),
    cmocka_unit_test(blanks_and_line_ends_around_a_word_are_fine),
    cmocka_unit_test(rubbish_in_the_file_is_no_word),
    cmocka_unit_test(an_empty_file_is_one_that_is_being_written),
    cmocka_unit_test(a_file_that_cannot_be_watched_is_none),
    cmocka_unit_test(other_files_of_its_folder_are_none_of_its_business),
    cmocka_unit_test(an_override_holds_for_loopback_too),
    cmocka_unit_test(loopback_is_always_reached_otherwise),
    cmocka_unit_test(watching_begins_and_ends_many_times),
};

TEST_MAIN_UNIT(tests)
