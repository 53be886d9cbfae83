/* SPDX-License-Identifier: MIT */
/* Paths as text: the form they are kept in, and the system's own. */
#include <string.h>

#include "test_main.h"

#include "path_table.h"
#include "src/port/memory.h"
#include "src/port/paths.h"

static void what_is_absolute_gets_one_form(void **state)
{
    const struct path_case *table = path_cases;

    (void)state;
    for (; table->native; table++) {
        char *path = NULL, *native, *again = NULL;

        if (!table->path) {
            assert_int_equal(path_from_native(table->native, &path), PORT_INVALID);
            assert_null(path);
            continue;
        }
        assert_int_equal(path_from_native(table->native, &path), PORT_OK);
        assert_string_equal(path, table->path);
        assert_int_equal(path_root_length(path), table->root);
        native = path_to_native(path);
        assert_non_null(native);
        assert_int_equal(path_from_native(native, &again), PORT_OK);
        assert_string_equal(again, path);
        memory_free(again);
        memory_free(native);
        memory_free(path);
    }
}

static void a_name_is_one_part_of_a_path(void **state)
{
    static const char *const allowed[] = { "a",   "a.b",      ".hidden",  "...x",
                                           "a b", " a",       "\xc3\xa4", "CONSOLE",
                                           "COM", "COM0.txt", "a~1",      "100%" };
    static const char *const refused[] = { "", ".", "..", "a/b", "a\\b" };
    const char *const *name;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++)
        assert_true(path_name_is_allowed(allowed[i]));
    for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        assert_false(path_name_is_allowed(refused[i]));
    for (name = path_names_of_windows; *name; name++)
        assert_int_equal(path_name_is_allowed(*name), path_names_of_windows_are_allowed);
}

static void upper_and_lower_case_are_what_the_system_says(void **state)
{
    (void)state;
    assert_true(path_is_same("/a/\xc3\xa4", "/a/\xc3\xa4"));
    assert_false(path_is_same("/a/b", "/a/c"));
    assert_false(path_is_same("/a/b", "/a/bc"));
    assert_int_equal(path_is_same("/a/\xc3\xa4", "/A/\xc3\x84"),
                     !path_names_of_windows_are_allowed);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_absolute_gets_one_form),
    cmocka_unit_test(a_name_is_one_part_of_a_path),
    cmocka_unit_test(upper_and_lower_case_are_what_the_system_says),
};

TEST_MAIN_UNIT(tests)
