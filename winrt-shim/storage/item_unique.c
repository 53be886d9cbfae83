/* SPDX-License-Identifier: MIT */
/* Names that nothing has yet. */
#include "item_disk.h"

#include "file_names.h"
#include "item_paths.h"

#include "src/port/memory.h"
#include "src/port/system.h"

/* So many names are tried in turn before the folder is read for the highest number in use: few
   collisions cost few calls, and ten thousand do not cost their square. */
#define TRIES_BEFORE_SCAN 16
#define MAX_TRIES         100000

struct scan {
    const char *name;
    bool is_folder;
    unsigned highest;
};

static bool scan_entry(void *context, const char *name, enum file_kind kind)
{
    struct scan *scan = context;
    unsigned number = file_name_number(name, scan->name, scan->is_folder);

    (void)kind;
    if (number > scan->highest)
        scan->highest = number;
    return true;
}

/* What others create meanwhile is met again as PORT_EXISTS, so a folder that cannot be read, or
   changes while it is, does no harm. */
static unsigned highest_number(const char *folder, const char *name, bool is_folder)
{
    struct scan scan = { .name = name, .is_folder = is_folder };

    file_visit(folder, scan_entry, &scan);
    return scan.highest;
}

enum port_status item_try_unique(const char *folder, const char *name, bool is_folder,
                                 unique_attempt attempt, void *context, char **path)
{
    enum port_status status = PORT_EXISTS;
    unsigned number = 1, tries;

    *path = item_path_join(folder, name);
    for (tries = 0; tries < MAX_TRIES; tries++) {
        char *numbered;

        if (!*path)
            return PORT_NO_MEMORY;
        status = attempt(context, *path);
        if (status != PORT_EXISTS)
            break;
        if (tries == TRIES_BEFORE_SCAN) {
            unsigned highest = highest_number(folder, name, is_folder);

            number = highest > number ? highest : number;
        }
        memory_free(*path);
        *path = NULL;
        numbered = file_name_numbered(name, is_folder, ++number);
        if (numbered)
            *path = item_path_join(folder, numbered);
        memory_free(numbered);
    }
    return *path ? status : PORT_NO_MEMORY;
}

char *item_hidden_path(const char *folder)
{
    uint64_t number;

    if (system_random(&number, sizeof(number)))
        return NULL;
    return memory_format("%s%s.%016llx.part", folder, item_path_is_root(folder) ? "" : "/",
                         (unsigned long long)number);
}
