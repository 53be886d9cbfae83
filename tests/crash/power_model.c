/* SPDX-License-Identifier: MIT */
#include "power_model.h"

#include <stdlib.h>
#include <string.h>

void power_model_reset(struct power_model *model)
{
    memset(model, 0, sizeof(*model));
}

static void issue(struct power_history *history, uint32_t version)
{
    if (history->count == POWER_VERSIONS)
        abort();
    history->versions[history->count++] = version;
}

static void commit(struct power_history *history, unsigned count)
{
    if (!count || (history->ever && count - 1 < history->committed))
        return;
    history->committed = count - 1;
    history->ever = true;
}

static void commit_version(struct power_history *history, uint32_t version)
{
    unsigned count = history->count;

    while (count && history->versions[count - 1] != version)
        count--;
    commit(history, count);
}

void power_model_take(struct power_model *model, const struct power_step *step)
{
    unsigned i;

    if (step->kind != POWER_MARK)
        return;
    switch (step->mark) {
    case MARK_ISSUED:
        issue(&model->things[step->values[0]], (uint32_t)step->values[1]);
        break;
    case MARK_FLUSH:
        for (i = 0; i < POWER_THINGS; i++)
            model->things[i].flushing = model->things[i].count;
        break;
    case MARK_FLUSHED:
        for (i = 0; i < POWER_THINGS; i++)
            commit(&model->things[i], model->things[i].flushing);
        break;
    case MARK_COMMITTED:
        commit_version(&model->things[step->values[0]], (uint32_t)step->values[1]);
        break;
    default:
        break;
    }
}

bool power_model_allows(const struct power_model *model, unsigned thing, uint32_t version)
{
    const struct power_history *history = &model->things[thing];

    if (version == POWER_GONE && !history->ever)
        return true;
    for (unsigned i = history->committed; i < history->count; i++) {
        if (history->versions[i] == version)
            return true;
    }
    return false;
}

bool power_model_was_removed(const struct power_model *model, unsigned thing)
{
    const struct power_history *history = &model->things[thing];

    for (unsigned i = 0; i < history->count; i++) {
        if (history->versions[i] == POWER_GONE)
            return true;
    }
    return false;
}
