/* SPDX-License-Identifier: MIT */
/* Gathering a body into large writes, with writes that fail. */
#include <string.h>

#include "test_main.h"

#include "src/engine/body_writer.h"
#include "src/engine/limits.h"
#include "src/port/memory.h"

/* A files seam that takes up to `room` bytes and counts the calls. */
static struct {
    unsigned writes;
    uint64_t room, end;
    unsigned char last;
} disk;

static enum port_status write_to_disk(file_handle file, uint64_t offset, const void *buffer,
                                      size_t size, size_t *ret)
{
    (void)file;
    *ret = 0;
    disk.writes++;
    if (offset + size > disk.room)
        return PORT_DISK_FULL;
    disk.end = offset + size;
    disk.last = ((const unsigned char *)buffer)[size - 1];
    *ret = size;
    return PORT_OK;
}

static int set_up(void **state)
{
    static struct file_ops ops;

    (void)state;
    ops = file_real_ops;
    ops.write_at = write_to_disk;
    file_set_ops(&ops);
    memset(&disk, 0, sizeof(disk));
    disk.room = UINT64_MAX;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    file_set_ops(NULL);
    return 0;
}

static const char chunk[16384] = { 1 };

static void small_pieces_become_large_writes(void **state)
{
    struct body_writer writer;
    unsigned pieces = 4 * BODY_BUFFER_SIZE / sizeof(chunk);

    (void)state;
    body_writer_init(&writer);
    body_writer_begin(&writer, 5, 0);
    for (unsigned i = 0; i < pieces; i++)
        assert_int_equal(body_writer_add(&writer, chunk, sizeof(chunk)), PORT_OK);
    assert_int_equal(disk.writes, 4);
    assert_int_equal(writer.offset, 4 * BODY_BUFFER_SIZE);
    assert_int_equal(body_writer_flush(&writer), PORT_OK);
    assert_int_equal(disk.writes, 4);
    body_writer_destroy(&writer);
}

static void a_flush_writes_what_is_there_in_order(void **state)
{
    struct body_writer writer;

    (void)state;
    body_writer_init(&writer);
    body_writer_begin(&writer, 5, 0);
    assert_int_equal(body_writer_add(&writer, "abc", 3), PORT_OK);
    assert_int_equal(disk.writes, 0);
    assert_int_equal(body_writer_flush(&writer), PORT_OK);
    assert_int_equal(writer.offset, 3);
    assert_int_equal(body_writer_add(&writer, "de", 2), PORT_OK);
    assert_int_equal(body_writer_flush(&writer), PORT_OK);
    assert_int_equal(disk.writes, 2);
    assert_int_equal(disk.end, 5);
    assert_int_equal(disk.last, 'e');
    body_writer_destroy(&writer);
}

static void a_piece_larger_than_the_buffer_passes(void **state)
{
    size_t size = 2 * BODY_BUFFER_SIZE + 7;
    unsigned char *piece = memory_zalloc(size);
    struct body_writer writer;

    (void)state;
    assert_non_null(piece);
    piece[size - 1] = 9;
    body_writer_init(&writer);
    body_writer_begin(&writer, 5, 0);
    assert_int_equal(body_writer_add(&writer, piece, size), PORT_OK);
    assert_int_equal(disk.writes, 2);
    assert_int_equal(body_writer_flush(&writer), PORT_OK);
    assert_int_equal(disk.end, size);
    assert_int_equal(disk.last, 9);
    body_writer_destroy(&writer);
    memory_free(piece);
}

static void after_a_failed_write_nothing_is_written_behind_the_gap(void **state)
{
    struct body_writer writer;

    (void)state;
    disk.room = 4;
    body_writer_init(&writer);
    body_writer_begin(&writer, 5, 0);
    assert_int_equal(body_writer_add(&writer, "abc", 3), PORT_OK);
    assert_int_equal(body_writer_flush(&writer), PORT_OK);
    assert_int_equal(body_writer_add(&writer, "def", 3), PORT_OK);
    assert_int_equal(body_writer_flush(&writer), PORT_DISK_FULL);
    assert_int_equal(writer.offset, 3);
    disk.writes = 0;
    assert_int_equal(body_writer_flush(&writer), PORT_OK);
    assert_int_equal(disk.writes, 0);
    body_writer_destroy(&writer);
}

static void the_next_body_starts_anew(void **state)
{
    struct body_writer writer;

    (void)state;
    body_writer_init(&writer);
    body_writer_begin(&writer, 5, 0);
    assert_int_equal(body_writer_add(&writer, "abc", 3), PORT_OK);
    body_writer_begin(&writer, 6, 0);
    assert_int_equal(body_writer_flush(&writer), PORT_OK);
    assert_int_equal(disk.writes, 0);
    assert_int_equal(writer.offset, 0);
    body_writer_destroy(&writer);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(small_pieces_become_large_writes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_flush_writes_what_is_there_in_order, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_piece_larger_than_the_buffer_passes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(after_a_failed_write_nothing_is_written_behind_the_gap, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(the_next_body_starts_anew, set_up, tear_down),
};

TEST_MAIN_UNIT(tests)
