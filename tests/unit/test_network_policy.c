/* SPDX-License-Identifier: MIT */
/* Cost policies against networks. The port's answer is given by hosts of our own. */
#include <string.h>

#include "test_main.h"

#include "src/engine/network_policy.h"

/* In place of the port's. */
bool network_state_reaches(const struct network_state *state, const char *host)
{
    return state->online || (!strcmp(host, "near") && !state->overridden);
}

#define ALLOWED NETWORK_ALLOWED
#define MISSING NETWORK_MISSING
#define COSTS   NETWORK_COSTS

/* Verdicts for unrestricted, metered and roaming. */
static void assert_verdicts(struct network_state state, enum transfer_cost_policy policy,
                            const char *host, const enum network_verdict *expected)
{
    static const enum network_cost costs[] = { NETWORK_COST_UNRESTRICTED, NETWORK_COST_METERED,
                                               NETWORK_COST_ROAMING };

    for (size_t i = 0; i < sizeof(costs) / sizeof(*costs); i++) {
        state.cost = costs[i];
        assert_int_equal(network_judge(&state, policy, host), expected[i]);
    }
}

static void each_policy_has_its_networks(void **state)
{
    static const struct {
        enum transfer_cost_policy policy;
        enum network_verdict verdicts[3];
    } rows[] = {
        { TRANSFER_COST_DEFAULT, { ALLOWED, ALLOWED, COSTS } },
        { TRANSFER_COST_UNRESTRICTED_ONLY, { ALLOWED, COSTS, COSTS } },
        { TRANSFER_COST_ALWAYS, { ALLOWED, ALLOWED, ALLOWED } },
    };
    static const enum network_verdict all[] = { ALLOWED, ALLOWED, ALLOWED };
    static const enum network_verdict none[] = { MISSING, MISSING, MISSING };
    static const struct network_state online = { .online = true };
    static const struct network_state offline = { .online = false };
    static const struct network_state said_online = { .online = true, .overridden = true };
    static const struct network_state said_offline = { .online = false, .overridden = true };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_verdicts(online, rows[i].policy, "far", rows[i].verdicts);
        assert_verdicts(online, rows[i].policy, "near", all);
        assert_verdicts(offline, rows[i].policy, "far", none);
        assert_verdicts(offline, rows[i].policy, "near", all);
        assert_verdicts(said_online, rows[i].policy, "near", rows[i].verdicts);
        assert_verdicts(said_online, rows[i].policy, "far", rows[i].verdicts);
        assert_verdicts(said_offline, rows[i].policy, "near", none);
        assert_verdicts(said_offline, rows[i].policy, "far", none);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_policy_has_its_networks),
};

TEST_MAIN_UNIT(tests)
