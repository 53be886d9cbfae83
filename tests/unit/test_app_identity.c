/* SPDX-License-Identifier: MIT */
/* Which app this is, and the folder of its state. */
#include <string.h>

#include "test_main.h"

#include "environment.h"
#include "paths.h"
#include "src/port/app_identity.h"
#include "src/port/memory.h"
#include "src/port/system.h"
#include "strings_ring.h"

static void check(const char *expected, char *text)
{
    assert_non_null(text);
    assert_string_equal(expected, text);
    memory_free(text);
}

static void folder_names_are_safe_and_unambiguous(void **state)
{
    static const struct {
        const char *identity, *expected;
    } table[] = {
        { "Contoso.App_1-x", "Contoso.App_1-x" },
        { "a b/c\\d", "a%20b%2Fc%5Cd" },
        { "100%", "100%25" },
        { ".", "%2E" },
        { "..", "%2E." },
        { ".hidden", "%2Ehidden" },
        { "\xc3\xa4", "%C3%A4" },
        { "a~b", "a%7Eb" },
    };
    char *name = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        assert_int_equal(PORT_OK, app_identity_folder_name(table[i].identity, &name));
        check(table[i].expected, name);
    }
}

static void long_names_are_cut_and_stay_different(void **state)
{
    char one[400], other[400], *one_name = NULL, *other_name = NULL;

    (void)state;
    memset(one, 'a', sizeof(one));
    one[sizeof(one) - 1] = 0;
    memcpy(other, one, sizeof(one));
    other[sizeof(other) - 2] = 'b';
    assert_int_equal(PORT_OK, app_identity_folder_name(one, &one_name));
    assert_int_equal(PORT_OK, app_identity_folder_name(other, &other_name));
    assert_int_equal(120, strlen(one_name));
    assert_string_not_equal(one_name, other_name);
    memory_free(other_name);
    memory_free(one_name);
}

static void the_variable_comes_first_then_the_explicit_one(void **state)
{
    char *identity = NULL;

    (void)state;
    test_setenv("WINRT_APP_ID", "from-variable");
    assert_int_equal(PORT_OK, app_identity("explicit", &identity));
    check("from-variable", identity);
    test_setenv("WINRT_APP_ID", NULL);
    assert_int_equal(PORT_OK, app_identity("explicit", &identity));
    check("explicit", identity);
    test_setenv("WINRT_APP_ID", "");
    assert_int_equal(PORT_OK, app_identity("explicit", &identity));
    check("explicit", identity);
}

static void the_program_is_the_last_resort(void **state)
{
    const char *const name = "test_unit_app_identity", *hash;
    char *identity = NULL, *again = NULL;

    (void)state;
    test_setenv("WINRT_APP_ID", NULL);
    assert_int_equal(PORT_OK, app_identity("", &identity));
    assert_int_equal(PORT_OK, app_identity(NULL, &again));
    assert_string_equal(identity, again);
    assert_memory_equal(name, identity, strlen(name));
    hash = strrchr(identity, '-');
    assert_non_null(hash);
    assert_int_equal(8, strlen(hash + 1));
    assert_int_equal(8, strspn(hash + 1, "0123456789abcdef"));
    memory_free(again);
    memory_free(identity);
}

static void the_root_is_the_one_that_was_chosen(void **state)
{
    char *root = NULL;

    (void)state;
    test_setenv("WINRT_STATE_DIR", item_form(host_path("/chosen")));
    assert_int_equal(PORT_OK, app_state_root(&root));
    check(host_path("/chosen"), root);
    test_setenv("WINRT_APP_ID", NULL);
    assert_int_equal(PORT_OK, app_state_folder("an app", &root));
    check(host_path("/chosen/an%20app"), root);
}

static void the_root_is_in_the_systems_folder_otherwise(void **state)
{
    char *home = NULL, *root = NULL;

    (void)state;
    assert_int_equal(PORT_OK, system_state_home(&home));
    test_setenv("WINRT_STATE_DIR", "relative");
    assert_int_equal(PORT_OK, app_state_root(&root));
    check(ring_format("%s/winrt-backgroundtransfer", home), root);
    test_setenv("WINRT_STATE_DIR", NULL);
    assert_int_equal(PORT_OK, app_state_root(&root));
    check(ring_format("%s/winrt-backgroundtransfer", home), root);
    memory_free(home);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(folder_names_are_safe_and_unambiguous),
    cmocka_unit_test(long_names_are_cut_and_stay_different),
    cmocka_unit_test(the_variable_comes_first_then_the_explicit_one),
    cmocka_unit_test(the_program_is_the_last_resort),
    cmocka_unit_test(the_root_is_the_one_that_was_chosen),
    cmocka_unit_test(the_root_is_in_the_systems_folder_otherwise),
};

TEST_MAIN_UNIT(tests)
