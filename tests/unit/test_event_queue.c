/* SPDX-License-Identifier: MIT */
/* Events of one turn of the engine's loop: docs/threading.md. */
#include "test_main.h"

#include "src/engine/event_queue.h"
#include "src/engine/transfer_internal.h"
#include "src/port/memory.h"

#define MOST 16

/* What was told, by transfer. */
struct told {
    struct transfer *transfer;
    enum transfer_event events[MOST];
    unsigned count;
};

static void note(void *context, enum transfer_event event)
{
    struct told *told = context;

    assert_true(told->count < MOST);
    told->events[told->count++] = event;
}

static void begin(struct told *told)
{
    struct transfer_request request = { .url = "http://127.0.0.1/", .method = "GET" };

    *told = (struct told){ .count = 0 };
    assert_int_equal(transfer_create(&request, &told->transfer), PORT_OK);
    transfer_set_observer(told->transfer, note, told);
}

static void end(struct told *told)
{
    assert_int_equal(told->transfer->references, 1);
    transfer_release(told->transfer);
}

static void each_is_told_once_and_the_end_last(void **state)
{
    static const enum transfer_event happened[] = {
        TRANSFER_EVENT_RECEIVED, TRANSFER_EVENT_FINISHED, TRANSFER_EVENT_RESPONSE,
        TRANSFER_EVENT_RECEIVED, TRANSFER_EVENT_PROGRESS, TRANSFER_EVENT_RESTART,
    };
    static const enum transfer_event expected[] = {
        TRANSFER_EVENT_RESTART,  TRANSFER_EVENT_RESPONSE, TRANSFER_EVENT_RECEIVED,
        TRANSFER_EVENT_PROGRESS, TRANSFER_EVENT_FINISHED,
    };
    struct event_queue queue = { .count = 0 };
    struct told one, other;

    (void)state;
    begin(&one);
    begin(&other);
    for (size_t i = 0; i < sizeof(happened) / sizeof(happened[0]); i++) {
        event_queue_add(&queue, one.transfer, happened[i]);
        event_queue_add(&queue, other.transfer, TRANSFER_EVENT_STATUS);
    }
    assert_int_equal(one.count + other.count, 0);
    event_queue_deliver(&queue);
    assert_int_equal(one.count, sizeof(expected) / sizeof(expected[0]));
    assert_memory_equal(one.events, expected, sizeof(expected));
    assert_int_equal(other.count, 1);
    event_queue_deliver(&queue);
    assert_int_equal(other.count, 1);
    event_queue_free(&queue);
    end(&one);
    end(&other);
}

static void many_transfers_each_get_theirs(void **state)
{
    enum {
        TRANSFERS = 200
    };
    static struct told all[TRANSFERS];
    struct event_queue queue = { .count = 0 };

    (void)state;
    for (unsigned i = 0; i < TRANSFERS; i++)
        begin(&all[i]);
    for (unsigned i = 0; i < TRANSFERS; i++)
        event_queue_add(&queue, all[i].transfer, TRANSFER_EVENT_STATUS);
    event_queue_deliver(&queue);
    event_queue_free(&queue);
    for (unsigned i = 0; i < TRANSFERS; i++) {
        assert_int_equal(all[i].count, 1);
        end(&all[i]);
    }
}

static void *no_block(void *block, size_t size)
{
    (void)block, (void)size;
    return NULL;
}

static void without_memory_it_is_told_at_once(void **state)
{
    struct event_queue queue = { .count = 0 };
    const struct memory_ops *real;
    struct memory_ops ops;
    struct told told;

    (void)state;
    begin(&told);
    real = memory_set_ops(NULL);
    ops = *real;
    ops.resize = no_block;
    memory_set_ops(&ops);
    event_queue_add(&queue, told.transfer, TRANSFER_EVENT_RESPONSE);
    memory_set_ops(NULL);
    assert_int_equal(told.count, 1);
    assert_int_equal(told.events[0], TRANSFER_EVENT_RESPONSE);
    event_queue_free(&queue);
    end(&told);
}

static void what_was_not_told_can_be_forgotten(void **state)
{
    struct event_queue queue = { .count = 0 };
    struct told told;

    (void)state;
    begin(&told);
    event_queue_add(&queue, told.transfer, TRANSFER_EVENT_RESPONSE);
    event_queue_free(&queue);
    assert_int_equal(told.count, 0);
    end(&told);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_is_told_once_and_the_end_last),
    cmocka_unit_test(many_transfers_each_get_theirs),
    cmocka_unit_test(without_memory_it_is_told_at_once),
    cmocka_unit_test(what_was_not_told_can_be_forgotten),
};

TEST_MAIN_UNIT(tests)
