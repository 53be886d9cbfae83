/* SPDX-License-Identifier: MIT */
/* The state table: what a transfer does next. */
#include <stddef.h>

#include "test_main.h"

#include "src/engine/transfer_state.h"

static void check(enum transfer_state from, enum state_event event, enum transfer_state to,
                  enum state_action action)
{
    struct state_step step = state_step(from, event);

    assert_int_equal(step.next, to);
    assert_int_equal(step.action, action);
}

static void a_download_runs_through(void **state)
{
    (void)state;
    check(STATE_CREATED, STATE_EVENT_START, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_QUEUED, STATE_EVENT_SLOT, STATE_REQUESTING, ACTION_SEND);
    check(STATE_REQUESTING, STATE_EVENT_REDIRECT, STATE_REDIRECTED, ACTION_NONE);
    check(STATE_REDIRECTED, STATE_EVENT_END, STATE_REQUESTING, ACTION_SEND_NEXT);
    check(STATE_REQUESTING, STATE_EVENT_SUCCESS, STATE_RECEIVING, ACTION_ACCEPT);
    check(STATE_RECEIVING, STATE_EVENT_END, STATE_COMPLETED, ACTION_COMPLETE);
}

static void a_failure_may_be_final_or_not(void **state)
{
    static const enum transfer_state states[] = { STATE_REQUESTING, STATE_RECEIVING,
                                                  STATE_REFUSED };

    (void)state;
    check(STATE_REQUESTING, STATE_EVENT_REFUSAL, STATE_REFUSED, ACTION_NONE);
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        check(states[i], STATE_EVENT_FAIL, STATE_FAILED, ACTION_FAIL);
        check(states[i], STATE_EVENT_RETRY, STATE_WAITING, ACTION_WAIT);
        check(states[i], STATE_EVENT_PARK, STATE_PARKED, ACTION_WAIT);
        check(states[i], STATE_EVENT_FULL, STATE_FULL, ACTION_WAIT);
    }
    check(STATE_WAITING, STATE_EVENT_TIME, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_PARKED, STATE_EVENT_RESUME, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_FULL, STATE_EVENT_TIME, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_FULL, STATE_EVENT_RESUME, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_FULL, STATE_EVENT_PAUSE, STATE_PAUSED, ACTION_WAIT);
    check(STATE_FULL, STATE_EVENT_CANCEL, STATE_CANCELED, ACTION_CANCEL);
}

static void a_useless_answer_is_asked_for_again(void **state)
{
    (void)state;
    check(STATE_REQUESTING, STATE_EVENT_AGAIN, STATE_REQUESTING, ACTION_SEND_AGAIN);
}

static void ranges_follow_one_another(void **state)
{
    (void)state;
    check(STATE_RECEIVING, STATE_EVENT_MORE, STATE_REQUESTING, ACTION_SEND_RANGE);
    check(STATE_REQUESTING, STATE_EVENT_MORE, STATE_REQUESTING, ACTION_SEND_RANGE);
}

static void a_redirect_goes_on_however_its_body_ends(void **state)
{
    (void)state;
    check(STATE_REDIRECTED, STATE_EVENT_FAIL, STATE_REQUESTING, ACTION_SEND_NEXT);
}

static void every_unfinished_state_can_be_cancelled_and_dropped(void **state)
{
    (void)state;
    /* Even before the start, which may be on its way while another thread cancels. */
    for (int i = STATE_CREATED; i < STATE_COMPLETED; i++) {
        check((enum transfer_state)i, STATE_EVENT_CANCEL, STATE_CANCELED, ACTION_CANCEL);
        check((enum transfer_state)i, STATE_EVENT_SHUTDOWN, STATE_FAILED, ACTION_DROP);
    }
}

static void every_unfinished_state_can_be_paused_once(void **state)
{
    (void)state;
    for (int i = STATE_CREATED; i < STATE_COMPLETED; i++) {
        if (i != STATE_PAUSED)
            check((enum transfer_state)i, STATE_EVENT_PAUSE, STATE_PAUSED, ACTION_WAIT);
    }
    check(STATE_PAUSED, STATE_EVENT_PAUSE, STATE_PAUSED, ACTION_NONE);
    check(STATE_PAUSED, STATE_EVENT_RESUME, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_RECEIVING, STATE_EVENT_RESUME, STATE_RECEIVING, ACTION_NONE);
}

/* What the application paused stays so, whatever the network does; what nobody attached to does not
 * begin by itself. */
static void the_network_moves_only_what_wants_it(void **state)
{
    static const enum transfer_state unmoved[] = { STATE_CREATED, STATE_RESTORED, STATE_PAUSED,
                                                   STATE_PARKED };
    static const enum transfer_state moved[] = { STATE_QUEUED,  STATE_REQUESTING, STATE_RECEIVING,
                                                 STATE_REFUSED, STATE_REDIRECTED, STATE_WAITING };

    (void)state;
    for (size_t i = 0; i < sizeof(unmoved) / sizeof(unmoved[0]); i++) {
        check(unmoved[i], STATE_EVENT_OFFLINE, unmoved[i], ACTION_NONE);
        check(unmoved[i], STATE_EVENT_COSTED, unmoved[i], ACTION_NONE);
        check(unmoved[i], STATE_EVENT_NETWORK, unmoved[i], ACTION_NONE);
    }
    for (size_t i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
        check(moved[i], STATE_EVENT_OFFLINE, STATE_OFFLINE, ACTION_WAIT);
        check(moved[i], STATE_EVENT_COSTED, STATE_COSTED, ACTION_WAIT);
        check(moved[i], STATE_EVENT_NETWORK, moved[i], ACTION_NONE);
    }
    check(STATE_OFFLINE, STATE_EVENT_NETWORK, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_COSTED, STATE_EVENT_NETWORK, STATE_QUEUED, ACTION_ENQUEUE);
    check(STATE_OFFLINE, STATE_EVENT_COSTED, STATE_COSTED, ACTION_WAIT);
    check(STATE_COSTED, STATE_EVENT_OFFLINE, STATE_OFFLINE, ACTION_WAIT);
}

static void a_turn_is_given_to_another(void **state)
{
    (void)state;
    for (int i = STATE_REQUESTING; i <= STATE_REDIRECTED; i++)
        check((enum transfer_state)i, STATE_EVENT_YIELD, STATE_QUEUED, ACTION_REQUEUE);
    check(STATE_QUEUED, STATE_EVENT_YIELD, STATE_QUEUED, ACTION_NONE);
}

static void an_end_is_final(void **state)
{
    (void)state;
    for (int i = STATE_COMPLETED; i < STATE_MAX; i++) {
        for (int event = 0; event < STATE_EVENT_MAX; event++)
            check((enum transfer_state)i, (enum state_event)event, (enum transfer_state)i,
                  ACTION_NONE);
    }
}

static void no_event_leads_out_of_the_table(void **state)
{
    (void)state;
    for (int i = 0; i < STATE_MAX; i++) {
        for (int event = 0; event < STATE_EVENT_MAX; event++) {
            struct state_step step = state_step((enum transfer_state)i, (enum state_event)event);

            assert_in_range(step.next, 0, STATE_MAX - 1);
            assert_in_range(step.action, 0, ACTION_MAX - 1);
        }
        assert_in_range(state_status((enum transfer_state)i), 0, TRANSFER_STATUS_MAX - 1);
    }
    assert_int_equal(state_status(STATE_QUEUED), TRANSFER_IDLE);
    assert_int_equal(state_status(STATE_WAITING), TRANSFER_IDLE);
    assert_int_equal(state_status(STATE_REFUSED), TRANSFER_RUNNING);
    assert_int_equal(state_status(STATE_CANCELED), TRANSFER_CANCELED);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_download_runs_through),
    cmocka_unit_test(a_failure_may_be_final_or_not),
    cmocka_unit_test(a_useless_answer_is_asked_for_again),
    cmocka_unit_test(ranges_follow_one_another),
    cmocka_unit_test(a_redirect_goes_on_however_its_body_ends),
    cmocka_unit_test(every_unfinished_state_can_be_cancelled_and_dropped),
    cmocka_unit_test(every_unfinished_state_can_be_paused_once),
    cmocka_unit_test(the_network_moves_only_what_wants_it),
    cmocka_unit_test(a_turn_is_given_to_another),
    cmocka_unit_test(an_end_is_final),
    cmocka_unit_test(no_event_leads_out_of_the_table),
};

TEST_MAIN_UNIT(tests)
