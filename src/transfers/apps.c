/* SPDX-License-Identifier: MIT */
#include "apps.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "src/port/app_identity.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/paths.h"
#include "words.h"

struct names {
    char **items;
    size_t count, capacity;
    bool no_memory;
};

static bool add_name(void *context, const char *name, enum file_kind kind)
{
    struct names *names = context;
    char *copy;

    if (kind != FILE_KIND_FOLDER)
        return true;
    if (names->count == names->capacity) {
        size_t capacity = names->capacity ? names->capacity * 2 : 32;
        char **items = memory_resize(names->items, capacity * sizeof(*items));

        names->no_memory = !items;
        if (!items)
            return false;
        names->items = items;
        names->capacity = capacity;
    }
    copy = memory_strdup(name);
    names->no_memory = !copy;
    if (copy)
        names->items[names->count++] = copy;
    return copy;
}

static int compare(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The identity that a folder is named after; of one that was cut, what is left. */
static void decode_name(char *name)
{
    char *to = name;

    for (const char *from = name; *from; from++) {
        int high = -1, low = -1;

        if (*from == '%') {
            high = digit_of(from[1]);
            low = high >= 0 ? digit_of(from[2]) : -1;
        }
        if (low >= 0 && (high || low)) {
            *to++ = (char)(high << 4 | low);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = 0;
}

/* False to stop. */
static bool visit_app(const char *root, const char *folder_name, app_visitor visitor, void *context)
{
    char *folder = memory_format("%s/%s", root, folder_name), *name = memory_strdup(folder_name);
    struct app app = { .name = name, .folder = folder };
    bool more = false;

    if (folder && name) {
        decode_name(name);
        more = visitor(context, &app);
    } else {
        out_error("%s", words_of_status(PORT_NO_MEMORY));
    }
    memory_free(name);
    memory_free(folder);
    return more;
}

static bool is_app(const char *root, const char *name)
{
    char *folder = memory_format("%s/%s", root, name);
    struct file_info info;
    bool there;

    there = folder && !file_path_info(folder, &info) && info.kind == FILE_KIND_FOLDER;
    memory_free(folder);
    return there;
}

/* By its identity, or by its folder's name if that was cut. */
static void visit_one(const struct options *options, app_visitor visitor, void *context)
{
    char *name;

    if (app_identity_folder_name(options->app, &name)) {
        out_error("%s", words_of_status(PORT_NO_MEMORY));
        return;
    }
    if (is_app(options->root, name))
        visit_app(options->root, name, visitor, context);
    else if (path_name_is_allowed(options->app) && is_app(options->root, options->app))
        visit_app(options->root, options->app, visitor, context);
    else
        out_error("no app %s has stored anything below %s; winrt-transfers list shows those that "
                  "have",
                  options->app, options->root);
    memory_free(name);
}

void apps_visit(const struct options *options, app_visitor visitor, void *context)
{
    struct names names = { .items = NULL };
    enum port_status status;
    bool more = true;

    if (options->app) {
        visit_one(options, visitor, context);
        return;
    }
    status = file_visit(options->root, add_name, &names);
    if (names.no_memory)
        status = PORT_NO_MEMORY;
    if (status && status != PORT_NOT_FOUND) /* nobody has stored anything yet */
        out_error("%s: %s", options->root, words_of_status(status));
    if (names.count)
        qsort(names.items, names.count, sizeof(*names.items), compare);
    for (size_t i = 0; i < names.count; i++) {
        more = more && !status && visit_app(options->root, names.items[i], visitor, context);
        memory_free(names.items[i]);
    }
    memory_free(names.items);
}
