/* SPDX-License-Identifier: MIT */
#include "src/port/user_folders.h"

#include <string.h>

#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/system.h"
#include "user_home.h"

/* The file is written by xdg-user-dirs-update and has some hundred bytes. */
#define SETTINGS_LIMIT (64 * 1024)

static const struct {
    const char *variable;
    const char *name; /* in the home folder, when nothing else is said */
} table[USER_FOLDER_MAX] = {
    [USER_FOLDER_DOCUMENTS] = { "XDG_DOCUMENTS_DIR", "Documents" },
    [USER_FOLDER_DOWNLOADS] = { "XDG_DOWNLOAD_DIR", "Downloads" },
    [USER_FOLDER_MUSIC] = { "XDG_MUSIC_DIR", "Music" },
    [USER_FOLDER_PICTURES] = { "XDG_PICTURES_DIR", "Pictures" },
    [USER_FOLDER_VIDEOS] = { "XDG_VIDEOS_DIR", "Videos" },
};

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

/* Without slashes at the end, except that of the root. */
static void strip_slashes(char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        path[--length] = 0;
}

/* The quoted value of a line: an absolute path, or one below $HOME. NULL for anything else. */
static char *parse_value(const char *text, const char *home)
{
    const char *prefix = "";
    char *value, *end;

    text = skip_blanks(text);
    if (*text++ != '"')
        return NULL;
    if (!strncmp(text, "$HOME", 5)) {
        text += 5;
        if (*text != '/' && *text != '"')
            return NULL;
        prefix = home;
    } else if (*text != '/') {
        return NULL;
    }
    value = memory_format("%s%s", prefix, text);
    if (!value)
        return NULL;
    for (text = end = value + strlen(prefix); *text && *text != '"' && *text != '\n'; text++) {
        if (*text == '\\' && text[1] && text[1] != '\n')
            text++;
        *end++ = *text;
    }
    *end = 0;
    strip_slashes(value);
    return value;
}

/* The last assignment counts, as it does in a shell, which may read the same file. */
static char *find_setting(const char *settings, const char *variable, const char *home)
{
    size_t length = strlen(variable);
    char *found = NULL;
    const char *line;

    for (line = settings; line; line = strchr(line, '\n')) {
        const char *text;

        if (*line == '\n')
            line++;
        text = skip_blanks(line);
        if (strncmp(text, variable, length))
            continue;
        text = skip_blanks(text + length);
        if (*text == '=') {
            memory_free(found);
            found = parse_value(text + 1, home);
        }
    }
    return found;
}

static char *load_settings(const char *home)
{
    void *settings = NULL;
    char *path, *folder;
    size_t size;

    if (system_environment("XDG_CONFIG_HOME", &folder))
        return NULL;
    if (folder && folder[0] == '/')
        path = memory_format("%s/user-dirs.dirs", folder);
    else
        path = memory_format("%s/.config/user-dirs.dirs", home);
    if (path && file_load(path, SETTINGS_LIMIT, &settings, &size))
        settings = NULL;
    memory_free(path);
    memory_free(folder);
    return settings;
}

enum port_status user_folder_path(enum user_folder folder, char **ret)
{
    char *environment, *home = NULL, *settings = NULL;
    enum port_status status;

    *ret = NULL;
    status = system_environment(table[folder].variable, &environment);
    if (status)
        return status;
    if (environment && environment[0] == '/') {
        strip_slashes(environment);
        *ret = environment;
        return PORT_OK;
    }
    memory_free(environment);
    status = user_home(&home);
    if (status)
        return status;
    strip_slashes(home);
    settings = load_settings(home);
    if (settings)
        *ret = find_setting(settings, table[folder].variable, home);
    if (!*ret)
        *ret = memory_format("%s/%s", strcmp(home, "/") ? home : "", table[folder].name);
    if (!*ret)
        status = PORT_NO_MEMORY;
    memory_free(settings);
    memory_free(home);
    return status;
}
