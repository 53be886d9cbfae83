/* SPDX-License-Identifier: MIT */
#include "app_identity.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "memory.h"
#include "paths.h"
#include "system.h"

#define PRODUCT_FOLDER "winrt-backgroundtransfer"

/* Longer names are cut to this and get a hash; file systems allow 255 bytes, some encrypted ones
 * 143. */
#define NAME_LIMIT 120

/* FNV-1a. It tells two programs of one name apart; nothing relies on it for safety. */
static uint32_t hash_text(const char *text)
{
    uint32_t hash = 2166136261u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

static enum port_status return_text(char *text, char **ret)
{
    *ret = text;
    return text ? PORT_OK : PORT_NO_MEMORY;
}

enum port_status app_identity(const char *explicit_id, char **ret)
{
    enum port_status status;
    const char *name;
    char *path;

    status = system_environment("WINRT_APP_ID", ret);
    if (status || *ret)
        return status;
    if (explicit_id && explicit_id[0])
        return return_text(memory_strdup(explicit_id), ret);

    status = system_program_path(&path);
    if (status)
        return status;
    name = strrchr(path, '/');
    name = name ? name + 1 : path;
    status = return_text(memory_format("%s-%08x", name, (unsigned)hash_text(path)), ret);
    memory_free(path);
    return status;
}

static bool is_plain(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_';
}

enum port_status app_identity_folder_name(const char *identity, char **ret)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t length = strlen(identity);
    enum port_status status;
    const char *text;
    char *name, *end;

    *ret = NULL;
    if (length > SIZE_MAX / 3 - 1)
        return PORT_NO_MEMORY;
    name = end = memory_alloc(length * 3 + 1);
    if (!name)
        return PORT_NO_MEMORY;
    for (text = identity; *text; text++) {
        unsigned char byte = (unsigned char)*text;

        /* A dot in front would hide the folder, and "." and ".." would leave it. */
        if (is_plain(byte) && (byte != '.' || text != identity)) {
            *end++ = *text;
        } else {
            *end++ = '%';
            *end++ = digits[byte >> 4];
            *end++ = digits[byte & 15];
        }
    }
    *end = 0;
    if (end - name <= NAME_LIMIT)
        return return_text(name, ret);
    status =
        return_text(memory_format("%.*s~%08x", NAME_LIMIT - 9, name, (unsigned)hash_text(identity)),
                    ret);
    memory_free(name);
    return status;
}

enum port_status app_state_root(char **ret)
{
    enum port_status status;
    char *text;

    *ret = NULL;
    status = system_environment("WINRT_STATE_DIR", &text);
    if (text)
        status = path_from_native(text, ret);
    memory_free(text);
    if (*ret || (status && status != PORT_INVALID))
        return status;

    status = system_state_home(&text);
    if (status)
        return status;
    status = return_text(memory_format("%s/" PRODUCT_FOLDER, text), ret);
    memory_free(text);
    return status;
}

enum port_status app_state_folder(const char *explicit_id, char **ret)
{
    char *root = NULL, *identity = NULL, *name = NULL;
    enum port_status status;

    *ret = NULL;
    status = app_state_root(&root);
    if (status)
        goto done;
    status = app_identity(explicit_id, &identity);
    if (status)
        goto done;
    status = app_identity_folder_name(identity, &name);
    if (status)
        goto done;
    status = return_text(memory_format("%s/%s", root, name), ret);

done:
    memory_free(name);
    memory_free(identity);
    memory_free(root);
    return status;
}
