/* SPDX-License-Identifier: MIT */
#include "network_override.h"

#include <string.h>

#include "files.h"
#include "memory.h"
#include "paths.h"
#include "system.h"
#include "threads.h"
#include "watch.h"

#define BLANKS    " \t\r\n"
#define MAX_BYTES 256 /* of the file; more is no word */

struct network_override {
    void (*changed)(void *context);
    void *context;
    char *path; /* NULL for a fixed word */
    struct folder_watch *watch;
    struct mutex mutex; /* for what follows */
    bool known;
    struct network_state state;
};

bool network_override_parse(const char *text, struct network_state *ret)
{
    static const struct {
        const char *word;
        struct network_state state;
    } table[] = {
        { "online", { true, NETWORK_COST_UNRESTRICTED, true } },
        { "metered", { true, NETWORK_COST_METERED, true } },
        { "roaming", { true, NETWORK_COST_ROAMING, true } },
        { "offline", { false, NETWORK_COST_UNRESTRICTED, true } },
    };
    size_t length, i;

    text += strspn(text, BLANKS);
    length = strcspn(text, BLANKS);
    if (text[length + strspn(text + length, BLANKS)])
        return false;
    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        if (strlen(table[i].word) == length && !memcmp(table[i].word, text, length)) {
            *ret = table[i].state;
            return true;
        }
    }
    return false;
}

/*
 * An empty file is one that is just being written anew, as shells do it: what it said before holds
 * for that moment, so that nothing gets through in between.
 */
static void load(struct network_override *override)
{
    struct network_state state = { 0 };
    bool known = false, wait = false;
    enum port_status status;
    void *text = NULL;
    size_t size;

    status = file_load(override->path, MAX_BYTES, &text, &size);
    if (!status && strlen(text) == size) {
        known = network_override_parse(text, &state);
        wait = !size;
    } else if (status == PORT_BUSY) {
        wait = true;
    }
    memory_free(text);
    if (wait)
        return;
    mutex_lock(&override->mutex);
    override->known = known;
    override->state = state;
    mutex_unlock(&override->mutex);
}

static void on_folder_change(void *context)
{
    struct network_override *override = context;

    load(override);
    override->changed(override->context);
}

/* Watched before it is read, so that nothing goes unseen. */
static enum port_status begin(struct network_override *override, const char *file)
{
    enum port_status status;
    size_t root, length;
    char *folder;

    status = path_from_native(file, &override->path);
    if (status)
        return status;
    root = path_root_length(override->path);
    length = (size_t)(strrchr(override->path, '/') - override->path);
    folder = memory_strndup(override->path, length < root ? root : length);
    if (!folder)
        return PORT_NO_MEMORY;
    status = watch_folder(folder, on_folder_change, override, &override->watch);
    memory_free(folder);
    load(override);
    return status;
}

enum port_status network_override_start(void (*changed)(void *context), void *context,
                                        struct network_override **ret)
{
    struct network_override *override = NULL;
    char *word = NULL, *file = NULL;
    enum port_status status;

    *ret = NULL;
    status = system_environment("WINRT_NETWORK_STATE", &word);
    if (!status)
        status = system_environment("WINRT_NETWORK_STATE_FILE", &file);
    if (status || (!word && !file))
        goto done;
    override = memory_zalloc(sizeof(*override));
    if (!override) {
        status = PORT_NO_MEMORY;
        goto done;
    }
    mutex_init(&override->mutex);
    override->changed = changed;
    override->context = context;
    override->known = word && network_override_parse(word, &override->state);
    if (!override->known && file && begin(override, file) == PORT_NO_MEMORY) {
        network_override_stop(override);
        status = PORT_NO_MEMORY;
        goto done;
    }
    *ret = override;
done:
    memory_free(word);
    memory_free(file);
    return status;
}

bool network_override_get(struct network_override *override, struct network_state *ret)
{
    bool known;

    if (!override)
        return false;
    mutex_lock(&override->mutex);
    known = override->known;
    if (known)
        *ret = override->state;
    mutex_unlock(&override->mutex);
    return known;
}

bool network_override_is_fixed(const struct network_override *override)
{
    return override && !override->path && override->known;
}

void network_override_stop(struct network_override *override)
{
    if (!override)
        return;
    watch_folder_end(override->watch);
    mutex_destroy(&override->mutex);
    memory_free(override->path);
    memory_free(override);
}
