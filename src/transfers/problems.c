/* SPDX-License-Identifier: MIT */
#include "problems.h"

#include "output.h"
#include "src/store/store_tool.h"
#include "words.h"

static bool tell_hive(void *context, const struct store_tool_hive *hive)
{
    struct hive_damage damage;

    (void)context;
    if (hive->status) {
        out_error("%s: %s", hive->path, words_of_status(hive->status));
        return true;
    }
    hive_get_damage(hive->hive, &damage);
    if (damage.bad_records)
        out_error("%s: damaged in %llu places; what was there is lost, the rest is shown",
                  hive->path, (unsigned long long)damage.bad_records);
    return true;
}

void problems_tell(const struct app *app)
{
    enum port_status status = store_tool_visit_hives(app->folder, tell_hive, NULL);

    if (status)
        out_error("%s: %s", app->folder, words_of_status(status));
}
