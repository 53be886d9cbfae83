/* SPDX-License-Identifier: MIT */
/* What is overheard of the control connection of ftp. */
#include <string.h>

#include "test_main.h"

#include "src/engine/ftp_talk.h"

static void send(struct ftp_talk *talk, const char *line)
{
    ftp_talk_sent(talk, line, strlen(line));
}

static void receive(struct ftp_talk *talk, const char *line)
{
    ftp_talk_received(talk, line, strlen(line));
}

static void a_usual_conversation(void **state)
{
    struct ftp_talk talk;

    (void)state;
    ftp_talk_begin(&talk);
    assert_int_equal(talk.code, 0);
    receive(&talk, "220 ready\r\n");
    assert_int_equal(talk.code, 220);
    send(&talk, "MDTM file\r\n");
    receive(&talk, "213 20201231235959\r\n");
    assert_string_equal(talk.time, "20201231235959");
    assert_false(talk.has_size);
    send(&talk, "SIZE file\r\n");
    receive(&talk, "213 1234\r\n");
    assert_true(talk.has_size);
    assert_int_equal(talk.size, 1234);
    send(&talk, "RETR file\r\n");
    assert_int_equal(talk.command, FTP_COMMAND_OTHER);
    receive(&talk, "150 here it comes\r\n");
    assert_int_equal(talk.code, 150);
    send(&talk, "QUIT\r\n");
    assert_int_equal(talk.command, FTP_COMMAND_QUIT);
    receive(&talk, "221 goodbye\r\n");
    assert_int_equal(talk.code, 150);
}

static void sizes(void **state)
{
    static const struct {
        const char *reply;
        bool known;
        uint64_t size;
        bool wrong; /* told, but not a size */
    } rows[] = {
        { "213 0", true, 0, false },
        { "213 9223372036854775799", true, INT64_C(9223372036854775799), false },
        { "213 20201231235959", true, INT64_C(20201231235959), false },
        { "213 1 \r\n", true, 1, false },
        { "213 99999999999999999999", false, 0, true },
        { "213 12x", false, 0, true },
        { "213 -1", false, 0, true },
        { "213 1 2", false, 0, true },
        { "213 ", false, 0, false },
        { "213", false, 0, false },
        { "213-12", false, 0, false },
        { "550 12", false, 0, false },
        { "21 12", false, 0, false },
        { "2x3 12", false, 0, false },
        { "2134 12", false, 0, false },
        { "", false, 0, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ftp_talk talk;

        ftp_talk_begin(&talk);
        send(&talk, "SIZE file\r\n");
        receive(&talk, rows[i].reply);
        assert_int_equal(talk.has_size, rows[i].known);
        assert_int_equal(talk.wrong_size, rows[i].wrong);
        assert_true(talk.size == rows[i].size);
        assert_string_equal(talk.time, "");
    }
}

static void times(void **state)
{
    static const struct {
        const char *reply, *time;
    } rows[] = {
        { "213 20201231235959", "20201231235959" },
        { "213 20201231235959.123", "20201231235959.123" },
        { "213 20201231235959.12345678901234567890", "" }, /* too long to keep */
        { "213 2020123123595", "" },
        { "213 202012312359590", "" },
        { "213 20201231235959x", "" },
        { "213 20201231235959.1x", "" },
        { "213 yesterday", "" },
        { "550 20201231235959", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ftp_talk talk;

        ftp_talk_begin(&talk);
        send(&talk, "MDTM file\r\n");
        receive(&talk, rows[i].reply);
        assert_string_equal(talk.time, rows[i].time);
        assert_false(talk.has_size);
    }
}

static void what_follows_another_command_is_neither(void **state)
{
    static const char *const commands[] = { "STAT file\r\n", "SIZ", "", "PASS SIZE\r\n" };

    (void)state;
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
        struct ftp_talk talk;

        ftp_talk_begin(&talk);
        send(&talk, "SIZE file\r\n");
        send(&talk, commands[i]);
        receive(&talk, "213 20201231235959");
        assert_int_equal(talk.code, 213);
        assert_false(talk.has_size);
        assert_string_equal(talk.time, "");
    }
}

static void the_last_line_of_several_counts(void **state)
{
    struct ftp_talk talk;

    (void)state;
    ftp_talk_begin(&talk);
    receive(&talk, "220-welcome\r\n");
    receive(&talk, "530 is the number of our users\r\n");
    receive(&talk, "  and so on\r\n");
    receive(&talk, "220 ready\r\n");
    assert_int_equal(talk.code, 220);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_usual_conversation),
    cmocka_unit_test(sizes),
    cmocka_unit_test(times),
    cmocka_unit_test(what_follows_another_command_is_neither),
    cmocka_unit_test(the_last_line_of_several_counts),
};

TEST_MAIN_UNIT(tests)
