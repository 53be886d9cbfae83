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

static void an_error_page_is_a_failure_however_it_ends(void **state)
{
    (void)state;
    check(STATE_REQUESTING, STATE_EVENT_REFUSAL, STATE_REFUSED, ACTION_NONE);
    check(STATE_REFUSED, STATE_EVENT_END, STATE_FAILED, ACTION_FAIL);
    check(STATE_REFUSED, STATE_EVENT_FAIL, STATE_FAILED, ACTION_FAIL);
}

static void a_redirect_goes_on_however_its_body_ends(void **state)
{
    (void)state;
    check(STATE_REDIRECTED, STATE_EVENT_FAIL, STATE_REQUESTING, ACTION_SEND_NEXT);
}

static void an_end_without_an_answer_is_a_failure(void **state)
{
    (void)state;
    check(STATE_REQUESTING, STATE_EVENT_END, STATE_FAILED, ACTION_FAIL);
}

static void every_live_state_can_be_cancelled_and_dropped(void **state)
{
    (void)state;
    for (int i = STATE_QUEUED; i <= STATE_REDIRECTED; i++) {
        check((enum transfer_state)i, STATE_EVENT_CANCEL, STATE_CANCELED, ACTION_CANCEL);
        check((enum transfer_state)i, STATE_EVENT_SHUTDOWN, STATE_FAILED, ACTION_DROP);
    }
    check(STATE_CREATED, STATE_EVENT_CANCEL, STATE_CREATED, ACTION_NONE);
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
    assert_int_equal(state_status(STATE_REFUSED), TRANSFER_RUNNING);
    assert_int_equal(state_status(STATE_CANCELED), TRANSFER_CANCELED);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_download_runs_through),
    cmocka_unit_test(an_error_page_is_a_failure_however_it_ends),
    cmocka_unit_test(a_redirect_goes_on_however_its_body_ends),
    cmocka_unit_test(an_end_without_an_answer_is_a_failure),
    cmocka_unit_test(every_live_state_can_be_cancelled_and_dropped),
    cmocka_unit_test(an_end_is_final),
    cmocka_unit_test(no_event_leads_out_of_the_table),
};

TEST_MAIN_UNIT(tests)
