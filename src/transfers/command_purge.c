/* SPDX-License-Identifier: MIT */
#include "apps.h"
#include "output.h"
#include "problems.h"
#include "src/port/memory.h"
#include "src/store/download_values.h"
#include "src/store/store_tool.h"
#include "words.h"

struct purging {
    const struct options *options;
    size_t count;
    bool *purged, *live; /* of each id: gone; there, and its program runs */
};

static bool is_chosen(void *context, const struct store_tool_record *record)
{
    struct purging *purging = context;
    const struct options *options = purging->options;
    size_t index;

    if (options->id_count) {
        index = options_find_id(options, &record->id);
        if (index == options->id_count)
            return false;
        purging->purged[index] = true;
        return true;
    }
    return options->all || value_set_get_dword(record->values, DOWNLOAD_STATE, DOWNLOAD_ACTIVE) >=
                               DOWNLOAD_COMPLETED;
}

static bool note_live(void *context, const struct store_tool_record *record)
{
    struct purging *purging = context;
    size_t index = options_find_id(purging->options, &record->id);

    if (index < purging->options->id_count && record->hive->live)
        purging->live[index] = true;
    return true;
}

static bool purge_app(void *context, const struct app *app)
{
    struct purging *purging = context;
    enum port_status status;
    size_t count = 0;

    status = store_tool_purge(app->folder, is_chosen, purging, &count);
    purging->count += count;
    if (status)
        out_error("%s: %s", app->folder, words_of_status(status));
    if (purging->options->id_count)
        store_tool_visit(app->folder, note_live, purging);
    return true;
}

static void tell_missing(const struct purging *purging)
{
    for (size_t i = 0; i < purging->options->id_count; i++) {
        char id[STORE_ID_TEXT_SIZE];

        store_tool_format_id(&purging->options->ids[i], id);
        if (purging->live[i])
            out_error("%s: its program runs; cancel it, or end the program first", id);
        else if (!purging->purged[i])
            out_error("%s: no such download; winrt-transfers list shows those that are there", id);
    }
}

void command_purge(const struct options *options)
{
    struct purging purging = { .options = options };

    purging.purged = memory_zalloc_array(options->id_count, sizeof(*purging.purged));
    purging.live = memory_zalloc_array(options->id_count, sizeof(*purging.live));
    if (purging.purged && purging.live) {
        apps_visit(options, purge_app, &purging);
        tell_missing(&purging);
        out("%zu download%s forgotten.\n", purging.count, purging.count == 1 ? "" : "s");
    } else {
        out_error("%s", words_of_status(PORT_NO_MEMORY));
    }
    memory_free(purging.live);
    memory_free(purging.purged);
}
