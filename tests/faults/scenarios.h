/* SPDX-License-Identifier: MIT */
/* What an app does with the documented API, in parts that are swept one by one. */
#ifndef WINRT_TEST_FAULTS_SCENARIOS_H
#define WINRT_TEST_FAULTS_SCENARIOS_H

#include "sweep.h"

extern const struct scenario scenario_body, scenario_cancel, scenario_changes, scenario_create,
    scenario_current, scenario_details, scenario_download, scenario_files, scenario_ftp,
    scenario_group, scenario_limited, scenario_objects, scenario_pause, scenario_private,
    scenario_random_access, scenario_recoverable, scenario_room, scenario_streams, scenario_uri;

/* The test of that name: the scenario, with the calls of `kinds`, which the file has. */
#define DEFINE_TEST(name)               \
    static void name(void **state)      \
    {                                   \
        (void)state;                    \
        sweep(&scenario_##name, kinds); \
    }

#endif
