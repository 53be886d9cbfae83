/* SPDX-License-Identifier: MIT */
/* Finding and making runtime classes, in the shim and in components. */
#define COBJMACROS
#include <windows.h>
#include <roapi.h>
#include <roerrorapi.h>
#include <winstring.h>

#include <string.h>

#include "tests/shim/components.h"
#include "tests/support/check.h"
#include "tests/support/environment.h"
#include "tests/support/hstrings.h"
#include "tests/support/platform.h"
#include "tests/support/test_main.h"
#include "tests/support/test_thread.h"

#define WIDGET "WinRTTest.Sample.Widget"
#define GADGET "WinRTTest.Sample.Gadget"

static HRESULT get_factory(const char *class_name, IActivationFactory **out)
{
    return RoGetActivationFactory(string_of(class_name), &IID_IActivationFactory, (void **)out);
}

static void assert_not_registered(const char *class_name)
{
    IActivationFactory *factory = NULL;
    IInspectable *instance = NULL;

    check_hresult(REGDB_E_CLASSNOTREG, get_factory(class_name, &factory));
    assert_null(factory);
    check_hresult(REGDB_E_CLASSNOTREG, RoActivateInstance(string_of(class_name), &instance));
    assert_null(instance);
    SetErrorInfo(0, NULL);
}

static void component_is_found_by_the_class_name(void **state)
{
    IActivationFactory *factory = NULL;
    IInspectable *instance = NULL;
    HSTRING name = NULL;

    (void)state;
    use_test_components();
    check_ok(get_factory(WIDGET, &factory));
    check_ok(IActivationFactory_GetRuntimeClassName(factory, &name));
    check_string(WIDGET, name);
    release_ref(factory);
    check_ok(RoActivateInstance(string_of(WIDGET), &instance));
    check_last_release(instance);
}

static void later_folders_are_looked_in_too(void **state)
{
    IActivationFactory *factory = NULL;

    (void)state;
    skip_but_natively("Windows finds components by its registry, not in folders");
    test_setenv("WINRT_COMPONENT_PATH", "relative::/does/not/exist:" TEST_COMPONENTS ":/tmp");
    check_ok(get_factory(WIDGET, &factory));
    release_ref(factory);
}

static void factory_stays_the_same(void **state)
{
    IActivationFactory *one = NULL, *other = NULL;

    (void)state;
    use_test_components();
    check_ok(get_factory(WIDGET, &one));
    check_ok(get_factory(WIDGET, &other));
    check_same_object(one, other);
    check_refcount(3, one); /* the component keeps one */
    release_ref(other);
    check_ok(get_factory(GADGET, &other));
    assert_ptr_not_equal(one, other);
    release_ref(one);
    release_ref(other);
}

static void class_without_constructor(void **state)
{
    IInspectable *instance = (IInspectable *)0xdead;

    (void)state;
    use_test_components();
    check_hresult(E_NOTIMPL, RoActivateInstance(string_of(GADGET), &instance));
    assert_null(instance);
}

static void unknown_interface_of_a_factory(void **state)
{
    void *factory = (void *)0xdead;

    (void)state;
    use_test_components();
    check_hresult(E_NOINTERFACE,
                  RoGetActivationFactory(string_of(WIDGET), &IID_IMarshal, &factory));
    assert_null(factory);
}

static void unknown_classes(void **state)
{
    (void)state;
    use_test_components();
    assert_not_registered("WinRTTest.Sample.Nothing");
    assert_not_registered("WinRTTest.Nothing.Widget");
    assert_not_registered("Does.Not.Exist");
    assert_not_registered("NoNamespace");
    assert_not_registered("Windows.Foundation.NoSuchClass");
}

/* Where a registry leads to the component, it is found, and knows no such class. */
static void names_in_another_case(void **state)
{
    static const char *const names[] = { "WinRTTest.Sample.widget", "winrttest.sample.Widget" };
    IActivationFactory *factory = NULL;
    size_t i;

    (void)state;
    use_test_components();
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        HRESULT hr = get_factory(names[i], &factory);

        assert_null(factory);
        assert_true(hr == REGDB_E_CLASSNOTREG || hr == CLASS_E_CLASSNOTAVAILABLE);
    }
}

static void a_failure_clears_the_pointer(void **state)
{
    IActivationFactory *factory = (IActivationFactory *)0xdead;
    IInspectable *instance = (IInspectable *)0xdead;

    (void)state;
    skip_under_wine("RoGetActivationFactory leaves the out pointer as it was");
    check_hresult(REGDB_E_CLASSNOTREG, get_factory("Does.Not.Exist", &factory));
    assert_null(factory);
    check_hresult(REGDB_E_CLASSNOTREG, RoActivateInstance(string_of("Does.Not.Exist"), &instance));
    assert_null(instance);
}

static void names_that_try_to_leave_the_folder(void **state)
{
    (void)state;
    use_test_components();
    assert_not_registered("../components/winrttest.sample.Widget");
    assert_not_registered("/etc/passwd.Widget");
    assert_not_registered("WinRTTest/Sample.Widget");
    assert_not_registered("..Widget");
    assert_not_registered("...");
    assert_not_registered(".");
    assert_not_registered(".Widget");
    assert_not_registered("WinRTTest..Sample.Widget");
    assert_not_registered("WinRTTest\\Sample.Widget");
    assert_not_registered("WinRTTest.Sample.Widget ");
    assert_not_registered("WinRTTest.Sämple.Widget");
    assert_not_registered("%s%s%s%n.Widget");
}

static void names_with_a_nul_inside(void **state)
{
    static const WCHAR text[] = u"WinRTTest.Sample.Widget\0x";
    IInspectable *instance = (IInspectable *)0xdead;
    HSTRING name = NULL;

    (void)state;
    skip_under_wine("a class's name is read up to a NUL");
    use_test_components();
    check_ok(WindowsCreateString(text, 25, &name));
    check_hresult(REGDB_E_CLASSNOTREG, RoActivateInstance(name, &instance));
    assert_null(instance);
    check_ok(WindowsDeleteString(name));
}

static void names_that_are_too_long(void **state)
{
    static char name[100001];
    size_t lengths[] = { 250, 255, 256, 257, 4096, 100000 }, i;

    (void)state;
    use_test_components();
    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        memset(name, 'a', lengths[i]);
        memcpy(name + lengths[i] - 2, ".B", 3);
        assert_not_registered(name);
    }
}

static void no_name_at_all(void **state)
{
    IActivationFactory *factory = (IActivationFactory *)0xdead;
    IInspectable *instance = (IInspectable *)0xdead;

    (void)state;
    skip_but_natively("what an empty name gets is not documented");
    check_hresult(E_INVALIDARG,
                  RoGetActivationFactory(NULL, &IID_IActivationFactory, (void **)&factory));
    assert_null(factory);
    check_hresult(E_INVALIDARG, RoActivateInstance(NULL, &instance));
    assert_null(instance);
}

static void null_pointers(void **state)
{
    HSTRING name = string_of(WIDGET);
    void *factory = (void *)0xdead;

    (void)state;
    skip_but_natively("what NULL pointers get is not documented");
    check_hresult(E_POINTER, RoGetActivationFactory(name, &IID_IActivationFactory, NULL));
    check_hresult(E_INVALIDARG, RoGetActivationFactory(name, NULL, &factory));
    assert_null(factory);
    check_hresult(E_POINTER, RoActivateInstance(name, NULL));
}

static void component_that_cannot_be_loaded(void **state)
{
    IActivationFactory *factory = NULL;

    (void)state;
    use_test_components();
    check_hresult(HRESULT_FROM_WIN32(ERROR_BAD_EXE_FORMAT),
                  get_factory("WinRTTest.Broken.Thing", &factory));
    assert_null(factory);
    SetErrorInfo(0, NULL);
}

static void library_that_is_no_component(void **state)
{
    IActivationFactory *factory = NULL;

    (void)state;
    skip_under_wine("a library without DllGetActivationFactory gets E_FAIL");
    use_test_components();
    check_hresult(HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND),
                  get_factory("WinRTTest.NoEntry.Thing", &factory));
    assert_null(factory);
    SetErrorInfo(0, NULL);
}

static void unknown_class_has_an_error_text(void **state)
{
    BSTR description = NULL, restricted = NULL, sid = NULL;
    IRestrictedErrorInfo *info = NULL;
    HRESULT error = S_OK;
    IActivationFactory *factory = NULL;

    (void)state;
    skip_under_wine("activation leaves no error object");
    check_hresult(REGDB_E_CLASSNOTREG, get_factory("Does.Not.Exist", &factory));
    check_ok(GetRestrictedErrorInfo(&info));
    assert_non_null(info);
    check_ok(IRestrictedErrorInfo_GetErrorDetails(info, &description, &error, &restricted, &sid));
    assert_int_equal(error, REGDB_E_CLASSNOTREG);
    assert_true(SysStringLen(description) > 0);
    SysFreeString(description);
    SysFreeString(restricted);
    SysFreeString(sid);
    check_last_release(info);
}

static void shim_class_is_found_without_components(void **state)
{
    IActivationFactory *factory = NULL;
    HSTRING name = NULL;

    (void)state;
    test_setenv("WINRT_COMPONENT_PATH", "/does/not/exist");
    check_ok(get_factory("Windows.Foundation.Uri", &factory));
    check_ok(IActivationFactory_GetRuntimeClassName(factory, &name));
    check_string("Windows.Foundation.Uri", name);
    release_ref(factory);
}

#define THREADS 8
#define TURNS   50

static void activate_often(void *argument)
{
    static const WCHAR text[] = u"WinRTTest.Sample.Widget";
    HRESULT *hr = argument;
    HSTRING_HEADER header;
    HSTRING name;
    int i;

    *hr = WindowsCreateStringReference(text, 23, &header, &name);
    for (i = 0; i < TURNS && SUCCEEDED(*hr); i++) {
        IInspectable *instance = NULL;

        *hr = RoActivateInstance(name, &instance);
        if (SUCCEEDED(*hr))
            IInspectable_Release(instance);
    }
}

static void many_threads_activate_at_once(void **state)
{
    struct test_thread *threads[THREADS];
    HRESULT results[THREADS];
    int i;

    (void)state;
    use_test_components();
    for (i = 0; i < THREADS; i++)
        threads[i] = test_thread_start(activate_often, &results[i]);
    for (i = 0; i < THREADS; i++)
        test_thread_join(threads[i]);
    for (i = 0; i < THREADS; i++)
        assert_int_equal(results[i], S_OK);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(component_is_found_by_the_class_name),
    cmocka_unit_test(later_folders_are_looked_in_too),
    cmocka_unit_test(factory_stays_the_same),
    cmocka_unit_test(class_without_constructor),
    cmocka_unit_test(unknown_interface_of_a_factory),
    cmocka_unit_test(unknown_classes),
    cmocka_unit_test(names_in_another_case),
    cmocka_unit_test(a_failure_clears_the_pointer),
    cmocka_unit_test(names_that_try_to_leave_the_folder),
    cmocka_unit_test(names_with_a_nul_inside),
    cmocka_unit_test(names_that_are_too_long),
    cmocka_unit_test(no_name_at_all),
    cmocka_unit_test(null_pointers),
    cmocka_unit_test(component_that_cannot_be_loaded),
    cmocka_unit_test(library_that_is_no_component),
    cmocka_unit_test(unknown_class_has_an_error_text),
    cmocka_unit_test(shim_class_is_found_without_components),
    cmocka_unit_test(many_threads_activate_at_once),
};

TEST_MAIN(tests)
