/* SPDX-License-Identifier: MIT */
/* Which app this is, and the folder of its state. */
#include <stdlib.h>
#include <string.h>

#include "test_main.h"

#include "src/port/app_identity.h"
#include "src/port/memory.h"

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
    setenv("WINRT_APP_ID", "from-variable", 1);
    assert_int_equal(PORT_OK, app_identity("explicit", &identity));
    check("from-variable", identity);
    unsetenv("WINRT_APP_ID");
    assert_int_equal(PORT_OK, app_identity("explicit", &identity));
    check("explicit", identity);
    setenv("WINRT_APP_ID", "", 1);
    assert_int_equal(PORT_OK, app_identity("explicit", &identity));
    check("explicit", identity);
}

static void the_program_is_the_last_resort(void **state)
{
    const char *const name = "test_unit_app_identity-";
    char *identity = NULL, *again = NULL;

    (void)state;
    unsetenv("WINRT_APP_ID");
    assert_int_equal(PORT_OK, app_identity("", &identity));
    assert_int_equal(PORT_OK, app_identity(NULL, &again));
    assert_string_equal(identity, again);
    assert_memory_equal(name, identity, strlen(name));
    assert_int_equal(strlen(name) + 8, strlen(identity));
    assert_int_equal(8, strspn(identity + strlen(name), "0123456789abcdef"));
    memory_free(again);
    memory_free(identity);
}

static void the_root_is_the_first_of_three(void **state)
{
    char *root = NULL;

    (void)state;
    setenv("HOME", "/home/me", 1);
    setenv("WINRT_STATE_DIR", "/chosen", 1);
    setenv("XDG_STATE_HOME", "/state", 1);
    assert_int_equal(PORT_OK, app_state_root(&root));
    check("/chosen", root);
    setenv("WINRT_STATE_DIR", "relative", 1);
    assert_int_equal(PORT_OK, app_state_root(&root));
    check("/state/winrt-backgroundtransfer", root);
    unsetenv("WINRT_STATE_DIR");
    setenv("XDG_STATE_HOME", "relative", 1);
    assert_int_equal(PORT_OK, app_state_root(&root));
    check("/home/me/.local/state/winrt-backgroundtransfer", root);
    setenv("WINRT_STATE_DIR", "/chosen", 1);
    unsetenv("WINRT_APP_ID");
    assert_int_equal(PORT_OK, app_state_folder("an app", &root));
    check("/chosen/an%20app", root);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(folder_names_are_safe_and_unambiguous),
    cmocka_unit_test(long_names_are_cut_and_stay_different),
    cmocka_unit_test(the_variable_comes_first_then_the_explicit_one),
    cmocka_unit_test(the_program_is_the_last_resort),
    cmocka_unit_test(the_root_is_the_first_of_three),
};

TEST_MAIN_UNIT(tests)
