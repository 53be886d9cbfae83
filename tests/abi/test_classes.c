/* SPDX-License-Identifier: MIT */
/*
 * Every runtime class of tables/classes.tsv at run time: what its instances and its activation
 * factory answer to QueryInterface (exactly the listed interfaces, of one identity), GetIids,
 * GetRuntimeClassName and GetTrustLevel. What is not implemented yet stands in not-implemented.tsv,
 * and must be seen to be missing: such a class is not registered, such a method answers E_NOTIMPL;
 * no other method does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COBJMACROS
#include <windows.h>
#include <activation.h>
#include <objidl.h>
#include <roapi.h>

#include "abi_tables.h"
#include "await.h"
#include "check.h"
#include "hstrings.h"
#include "instances.h"
#include "test_main.h"

static int wrong;

static void report(const char *class_name, const char *what, const char *detail)
{
    print_error("%s: %s %s\n", class_name, what, detail);
    wrong++;
}

static bool is_missing(const char *class_name)
{
    for (const char *const *name = abi_missing_classes; *name; name++)
        if (strcmp(*name, class_name) == 0)
            return true;
    return false;
}

static bool contains(const IID *const *list, const IID *iid)
{
    for (; *list; list++)
        if (IsEqualGUID(*list, iid))
            return true;
    return false;
}

static const char *name_of(const IID *iid)
{
    const struct abi_iid *tables[] = { abi_interface_iids, abi_generic_iids };

    for (size_t i = 0; i < 2; i++)
        for (const struct abi_iid *row = tables[i]; row->name; row++)
            if (IsEqualGUID(row->iid, iid))
                return row->name;
    return "an interface outside the tables";
}

static bool has_instances(const struct abi_class *class)
{
    return !is_missing(class->name) && class->interfaces[0];
}

static bool has_factory(const struct abi_class *class)
{
    return !is_missing(class->name) && class->has_factory;
}

static IUnknown *make_instance(const struct abi_class *class, bool *shared)
{
    const struct instance_maker *maker = find_instance_maker(class->name);
    IInspectable *instance = NULL;

    *shared = maker && maker->shared;
    if (maker)
        return maker->make();
    if (!class->activatable) {
        print_error("%s: instances.c does not know how to make one\n", class->name);
        fail();
    }
    check_ok(RoActivateInstance(string_of(class->name), &instance));
    return (IUnknown *)instance;
}

static IUnknown *make_factory(const struct abi_class *class)
{
    return activation_factory(class->name, &IID_IActivationFactory);
}

/* The interfaces that QueryInterface must not know are all others of the tables. */
static void check_refusals(const char *class_name, IUnknown *object, const IID *const *expected)
{
    const struct abi_iid *tables[] = { abi_interface_iids, abi_generic_iids };

    for (size_t i = 0; i < 2; i++)
        for (const struct abi_iid *row = tables[i]; row->name; row++) {
            void *out = &wrong;

            if (contains(expected, row->iid))
                continue;
            if (IUnknown_QueryInterface(object, row->iid, &out) != E_NOINTERFACE || out)
                report(class_name, "answers", row->name);
        }
}

static void check_iids_of(const char *class_name, IInspectable *object, const IID *const *expected)
{
    IID *iids = NULL;
    ULONG count = 0;
    ULONG listed = 0;

    check_ok(IInspectable_GetIids(object, &count, &iids));
    for (ULONG i = 0; i < count; i++)
        if (!contains(expected, &iids[i]))
            report(class_name, "GetIids lists", name_of(&iids[i]));
    for (; expected[listed]; listed++)
        ;
    if (count != listed)
        report(class_name, "GetIids", "has another number of interfaces than the table");
    CoTaskMemFree(iids);
}

static void check_inspectable(const char *class_name, IInspectable *object,
                              const IID *const *expected)
{
    HSTRING name = NULL;
    TrustLevel level = FullTrust;

    check_iids_of(class_name, object, expected);
    check_ok(IInspectable_GetRuntimeClassName(object, &name));
    check_string(class_name, name);
    check_ok(IInspectable_GetTrustLevel(object, &level));
    assert_int_equal(level, BaseTrust);
}

/* Each interface is of the same object, and leads to all of the others. */
static void check_answers(const char *class_name, IUnknown *object, const IID *const *expected)
{
    static const IID *const common[] = { &IID_IUnknown, &IID_IInspectable, &IID_IAgileObject,
                                         &IID_IMarshal, NULL };
    IUnknown *identity = query(object, &IID_IUnknown);

    for (const IID *const *iid = common; *iid; iid++)
        release_unknown(query(object, *iid));
    for (const IID *const *iid = expected; *iid; iid++) {
        IUnknown *one = NULL;

        if (IUnknown_QueryInterface(object, *iid, (void **)&one) != S_OK) {
            report(class_name, "does not answer", name_of(*iid));
            continue;
        }
        check_same_object(identity, one);
        check_inspectable(class_name, (IInspectable *)one, expected);
        for (const IID *const *other = expected; *other; other++) {
            IUnknown *two = NULL;

            if (IUnknown_QueryInterface(one, *other, (void **)&two) != S_OK)
                report(class_name, "does not lead to", name_of(*other));
            else
                IUnknown_Release(two);
        }
        IUnknown_Release(one);
    }
    check_refusals(class_name, object, expected);
    IUnknown_Release(identity);
}

static void instances_answer_exactly_their_interfaces(void **state)
{
    int count = 0;

    (void)state;
    for (const struct abi_class *class = abi_classes; class->name; class ++) {
        IUnknown *object;
        bool shared;

        if (!has_instances(class))
            continue;
        object = make_instance(class, &shared);
        check_answers(class->name, object, class->interfaces);
        if (!shared)
            wait_for_last_reference(object);
        if (IUnknown_Release(object) != 0 && !shared)
            report(class->name, "is still referenced", "after the last release");
        count++;
    }
    assert_int_equal(wrong, 0);
    assert_int_not_equal(count, 0);
}

static void factories_answer_exactly_their_interfaces(void **state)
{
    int count = 0;

    (void)state;
    for (const struct abi_class *class = abi_classes; class->name; class ++) {
        const IID *expected[16] = { &IID_IActivationFactory };
        IInspectable *instance = NULL;
        IUnknown *factory;

        if (!has_factory(class))
            continue;
        for (size_t i = 0; class->factories[i]; i++)
            expected[i + 1] = class->factories[i];
        factory = make_factory(class);
        check_answers(class->name, factory, expected);
        check_hresult(class->activatable ? S_OK : E_NOTIMPL,
                      IActivationFactory_ActivateInstance((IActivationFactory *)factory,
                                                          &instance));
        release_ref(instance);
        IUnknown_Release(factory);
        count++;
    }
    assert_int_equal(wrong, 0);
    assert_int_not_equal(count, 0);
}

/* (What becomes of the pointer is the runtime's affair, under Wine not ours: tests/shim.) */
static void check_not_registered(const char *class_name)
{
    IInspectable *instance = NULL;
    void *factory = NULL;

    if (RoGetActivationFactory(string_of(class_name), &IID_IActivationFactory, &factory) !=
            REGDB_E_CLASSNOTREG ||
        factory)
        report(class_name, "is registered,", "against the tables");
    if (RoActivateInstance(string_of(class_name), &instance) != REGDB_E_CLASSNOTREG || instance)
        report(class_name, "is activated,", "against the tables");
}

static void classes_without_factory_are_not_registered(void **state)
{
    (void)state;
    for (const struct abi_class *class = abi_classes; class->name; class ++)
        if (!class->has_factory)
            check_not_registered(class->name);
    assert_int_equal(wrong, 0);
}

static void missing_classes_are_not_registered(void **state)
{
    (void)state;
    for (const char *const *name = abi_missing_classes; *name; name++)
        check_not_registered(*name);
    assert_int_equal(wrong, 0);
}

static void complain(const char *class_name, const struct abi_method *method, HRESULT hr,
                     const char *what)
{
    print_error("%s: %s.%s answers 0x%08X, %s\n", class_name, method->interface_name,
                method->method, (unsigned)hr, what);
    wrong++;
}

/* Calls one method with zeros; what comes out is awaited and given up. */
static void check_call(const char *class_name, const struct abi_method *method, IUnknown *self)
{
    struct abi_outcome outcome = { NULL, 0 };
    HRESULT hr = method->call(self, &outcome);

    if (method->missing && hr != E_NOTIMPL)
        complain(class_name, method, hr, "but is listed as missing");
    if (!method->missing && hr == E_NOTIMPL)
        complain(class_name, method, hr, "and is not listed as missing");
    if (outcome.dirty)
        complain(class_name, method, hr, "and left what comes out as it was");
    if (outcome.result && method->async && hr == S_OK)
        await_at(outcome.result, method->async == 2, __FILE__, __LINE__);
    release_ref(outcome.result);
}

/* The same with NULL for what comes out. */
static void check_null(const char *class_name, const struct abi_method *method, IUnknown *self)
{
    HRESULT hr;

    if (!method->call_null)
        return;
    hr = method->call_null(self);
    if (method->pointers_in || method->missing) {
        if (SUCCEEDED(hr))
            complain(class_name, method, hr, "with NULL for what comes out");
    } else if (hr != E_POINTER) {
        complain(class_name, method, hr, "not E_POINTER, with NULL for what comes out");
    }
}

typedef void (*method_check)(const char *class_name, const struct abi_method *method,
                             IUnknown *self);

/* A fresh instance for each method: the one before may have closed or started it. */
static void check_methods_of_instances(method_check check)
{
    for (const struct abi_class *class = abi_classes; class->name; class ++)
        for (const struct abi_method *method = abi_methods; method->call; method++) {
            IUnknown *object, *self;
            bool shared;

            if (!has_instances(class) || !contains(class->interfaces, method->iid))
                continue;
            object = make_instance(class, &shared);
            self = query(object, method->iid);
            check(class->name, method, self);
            IUnknown_Release(self);
            IUnknown_Release(object);
        }
    assert_int_equal(wrong, 0);
}

static void check_methods_of_factories(method_check check)
{
    for (const struct abi_class *class = abi_classes; class->name; class ++)
        for (const struct abi_method *method = abi_methods; method->call; method++) {
            IUnknown *factory;

            if (!has_factory(class) || !contains(class->factories, method->iid))
                continue;
            factory = activation_factory(class->name, method->iid);
            check(class->name, method, factory);
            IUnknown_Release(factory);
        }
    assert_int_equal(wrong, 0);
}

static void methods_of_instances_are_there_or_listed(void **state)
{
    (void)state;
    check_methods_of_instances(check_call);
}

static void methods_of_factories_are_there_or_listed(void **state)
{
    (void)state;
    check_methods_of_factories(check_call);
}

static void methods_of_instances_refuse_null(void **state)
{
    (void)state;
    check_methods_of_instances(check_null);
}

static void methods_of_factories_refuse_null(void **state)
{
    (void)state;
    check_methods_of_factories(check_null);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(instances_answer_exactly_their_interfaces),
    cmocka_unit_test(factories_answer_exactly_their_interfaces),
    cmocka_unit_test(classes_without_factory_are_not_registered),
    cmocka_unit_test(missing_classes_are_not_registered),
    cmocka_unit_test(methods_of_instances_are_there_or_listed),
    cmocka_unit_test(methods_of_factories_are_there_or_listed),
    cmocka_unit_test(methods_of_instances_refuse_null),
    cmocka_unit_test(methods_of_factories_refuse_null),
};

TEST_MAIN(tests)
