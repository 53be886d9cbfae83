/* SPDX-License-Identifier: MIT */
#include "hive_steps.h"

#include "hive_dump.h"
#include "test_main.h"

enum change {
    SET,
    MAKE,
    DELETE
};

/* Records of different lengths, so that some need padding and some do not. */
static const struct {
    enum change change;
    const char *path, *text;
} steps[HIVE_STEPS] = {
    { SET, "Downloads\\{1}", "one" },
    { SET, "Downloads\\{2}", "two" },
    { SET, "Downloads\\{3}", "" },
    { MAKE, "Groups", NULL },
    { SET, "Downloads\\{1}", "one, some bytes further on" },
    { SET, "Groups\\Music", "High" },
    { SET, "downloads\\{2}", "two again" },
    { DELETE, "Downloads\\{1}", NULL },
    { SET, "Downloads\\{4}", "a text that is longer than what the others have, and has no end" },
    { MAKE, "Downloads\\{5}\\Below\\It", NULL },
    { SET, "Downloads\\{1}", "one is back" },
    { DELETE, "Downloads\\{9}", NULL },
    { SET, "Downloads\\{5}\\Below", "x" },
    { SET, "Downloads\\{3}", "xx" },
    { SET, "Downloads\\{3}", "xxx" },
    { SET, "Downloads\\{3}", "xxxx" },
    { SET, "Downloads\\{3}", "xxxxx" },
    { SET, "Downloads\\{3}", "xxxxxx" },
    { SET, "Downloads\\{3}", "xxxxxxx" },
    { SET, "Downloads\\{3}", "xxxxxxxx" },
    { DELETE, "Downloads\\{5}\\Below", NULL },
    { SET, "Downloads\\{6}", "six" },
    { DELETE, "Groups", NULL },
    { SET, "Groups\\Films", "Low" },
    { SET, "Downloads\\{7}", "seven" },
    { SET, "Downloads\\{8}", "eight" },
    { MAKE, "Other", NULL },
    { SET, "Other", "now with values" },
    { MAKE, "Other\\\xc3\xa4", NULL },
    { SET, "Downloads\\{6}", "six more" },
    { DELETE, "Downloads\\{7}", NULL },
    { DELETE, "Downloads\\{8}", NULL },
    { SET, "Downloads\\{7}", "seven anew" },
    { SET, "Downloads\\{2}", "two for the third time" },
    { SET, "Downloads\\{a}", "A" },
    { SET, "Downloads\\{A}", "a" },
};

enum port_status hive_step(struct hive *hive, int step)
{
    switch (steps[step].change) {
    case SET:
        return set_text(hive, steps[step].path, steps[step].text, (uint64_t)step);
    case MAKE:
        return hive_create_key(hive, steps[step].path);
    default:
        return hive_delete_tree(hive, steps[step].path);
    }
}

struct hive *hive_with_steps(const char *path, int without)
{
    struct hive *hive;

    assert_int_equal(hive_open(path, &hive), PORT_OK);
    for (int step = 0; step < HIVE_STEPS; step++) {
        if (step != without)
            assert_int_equal(hive_step(hive, step), PORT_OK);
    }
    return hive;
}
