/* SPDX-License-Identifier: MIT */
/* The table and the folder of traces belong together. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "http.h"
#include "servers.h"
#include "test_main.h"

#define LIST_SIZE 65536

static struct hostile_row rows[TABLE_ROWS_MOST];

static bool has_row(size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(rows[i].name, name))
            return true;
    }
    return false;
}

/* That each row has a trace, its own test shows. */
static void each_has_a_row(void **state)
{
    size_t count = table_load(rows), traces = 0;
    char *list = malloc(LIST_SIZE);

    (void)state;
    assert_non_null(list);
    assert_int_equal(http_get(server_url("FAULT_HTTP", "/traces"), list, LIST_SIZE), 200);
    for (char *name = strtok(list, "\n"); name; name = strtok(NULL, "\n")) {
        if (!has_row(count, name))
            fail_msg("no row for the trace %s", name);
        traces++;
    }
    assert_int_equal(traces, count);
    free(list);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_has_a_row),
};

TEST_MAIN_UNIT(tests)
