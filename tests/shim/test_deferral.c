/* SPDX-License-Identifier: MIT */
/* Windows.Foundation.Deferral. */
#include <windows.h>
#include <roapi.h>
#include <windows.foundation.h>

#include "check.h"
#include "hstrings.h"
#include "recorder.h"
#include "test_main.h"

static IDeferralFactory *factory_of_deferrals(void)
{
    IDeferralFactory *factory = NULL;

    check_ok(RoGetActivationFactory(string_of("Windows.Foundation.Deferral"), &IID_IDeferralFactory,
                                    (void **)&factory));
    return factory;
}

static IDeferral *deferral_new(struct recorder *handler)
{
    IDeferralFactory *factory = factory_of_deferrals();
    IDeferral *deferral = NULL;

    check_ok(IDeferralFactory_Create(factory, recorder_delegate(handler), &deferral));
    check_last_release(factory);
    return deferral;
}

static void completing_calls_the_handler_once(void **state)
{
    struct recorder *handler = recorder_create(RECORDER_NONE, &IID_IDeferralCompletedHandler);
    IDeferral *deferral = deferral_new(handler);

    (void)state;
    assert_int_equal(recorder_count(handler), 0);
    check_ok(IDeferral_Complete(deferral));
    assert_int_equal(recorder_count(handler), 1);
    check_hresult(E_ILLEGAL_METHOD_CALL, IDeferral_Complete(deferral));
    assert_int_equal(recorder_count(handler), 1);
    check_last_release(deferral);
    assert_int_equal(recorder_release(handler), 0);
}

static void closing_completes_and_can_be_repeated(void **state)
{
    struct recorder *handler = recorder_create(RECORDER_NONE, &IID_IDeferralCompletedHandler);
    IDeferral *deferral = deferral_new(handler);
    IClosable *closable = query(deferral, &IID_IClosable);

    (void)state;
    check_ok(IClosable_Close(closable));
    assert_int_equal(recorder_count(handler), 1);
    check_ok(IClosable_Close(closable));
    assert_int_equal(recorder_count(handler), 1);
    release_ref(closable);
    check_last_release(deferral);
    assert_int_equal(recorder_release(handler), 0);
}

static void the_handlers_answer_does_not_matter(void **state)
{
    struct recorder *handler = recorder_create(RECORDER_NONE, &IID_IDeferralCompletedHandler);
    IDeferral *deferral = deferral_new(handler);

    (void)state;
    recorder_answer(handler, E_FAIL);
    check_ok(IDeferral_Complete(deferral));
    check_last_release(deferral);
    assert_int_equal(recorder_release(handler), 0);
}

static void a_dropped_deferral_drops_its_handler(void **state)
{
    struct recorder *handler = recorder_create(RECORDER_NONE, &IID_IDeferralCompletedHandler);
    IDeferral *deferral = deferral_new(handler);

    (void)state;
    check_last_release(deferral);
    assert_int_equal(recorder_count(handler), 0);
    assert_int_equal(recorder_release(handler), 0);
}

static void null_pointers_are_refused(void **state)
{
    struct recorder *handler = recorder_create(RECORDER_NONE, &IID_IDeferralCompletedHandler);
    IDeferralFactory *factory = factory_of_deferrals();
    IDeferral *deferral = (IDeferral *)1;

    (void)state;
    check_hresult(E_POINTER, IDeferralFactory_Create(factory, NULL, &deferral));
    assert_null(deferral);
    check_hresult(E_POINTER, IDeferralFactory_Create(factory, recorder_delegate(handler), NULL));
    check_last_release(factory);
    assert_int_equal(recorder_release(handler), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(completing_calls_the_handler_once),
    cmocka_unit_test(closing_completes_and_can_be_repeated),
    cmocka_unit_test(the_handlers_answer_does_not_matter),
    cmocka_unit_test(a_dropped_deferral_drops_its_handler),
    cmocka_unit_test(null_pointers_are_refused),
};

TEST_MAIN(tests)
