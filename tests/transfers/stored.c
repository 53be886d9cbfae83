/* SPDX-License-Identifier: MIT */
/*
 * An instance of an app (WINRT_APP_ID) that has downloads in its store and does nothing with them.
 * It reads lines and answers each:
 *
 *     put GUID NAME TYPE VALUE NAME TYPE VALUE...    with tabs between
 *     adopt                                          what dead instances have left
 *
 * TYPE is text, dword, qword, or strings (with | between). When it is asked to cancel a download it
 * says "cancel GUID". At the end of its input it ends as a process does, without any tidying up.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/port/app_identity.h"
#include "src/port/memory.h"
#include "src/store/store_tool.h"
#include "tests/support/programs.h"

static void say(const char *word, const char *more)
{
    printf("%s%s%s\n", word, *more ? " " : "", more);
    fflush(stdout);
}

static void requested(void *context, enum store_request request, const struct store_id *id)
{
    char text[STORE_ID_TEXT_SIZE];

    (void)context;
    store_tool_format_id(id, text);
    say(request == STORE_REQUEST_CANCEL ? "cancel" : "?", text);
}

static bool adopted(void *context, const struct store_id *id, const struct value_set *values)
{
    (void)context, (void)id, (void)values;
    return true;
}

static enum port_status put_strings(struct value_set *values, const char *name, char *text)
{
    size_t size = strlen(text) + 1;

    for (char *c = text; *c; c++) {
        if (*c == '|')
            *c = 0;
    }
    return value_set_put(values, name, REGISTRY_MULTI_SZ, text, size);
}

static enum port_status put_value(struct value_set *values, const char *name, const char *type,
                                  char *text)
{
    if (!strcmp(type, "dword"))
        return value_set_put_dword(values, name, (uint32_t)strtoul(text, NULL, 10));
    if (!strcmp(type, "qword"))
        return value_set_put_qword(values, name, strtoull(text, NULL, 10));
    if (!strcmp(type, "strings"))
        return put_strings(values, name, text);
    return value_set_put_text(values, name, text);
}

/* The next part of the line, or NULL. */
static char *take_part(char **line)
{
    char *part = *line, *tab;

    if (!part)
        return NULL;
    tab = strchr(part, '\t');
    if (tab)
        *tab++ = 0;
    *line = tab;
    return part;
}

static enum port_status put(struct store *store, char *line)
{
    struct value_set *values = NULL;
    enum port_status status;
    struct store_id id;
    char *name;

    if (!store_tool_parse_id(take_part(&line), &id))
        return PORT_INVALID;
    status = value_set_create(&values);
    while (!status && (name = take_part(&line))) {
        char *type = take_part(&line), *text = take_part(&line);

        status = text ? put_value(values, name, type, text) : PORT_INVALID;
    }
    if (!status)
        status = store_put(store, &id, values);
    value_set_free(values);
    return status ? status : store_flush(store);
}

int main(void)
{
    struct store *store;
    char line[4096], *folder;

    if (app_state_folder(NULL, &folder) || store_create(folder, &store))
        return 1;
    store_set_request_handler(store, requested, NULL);
    while (fgets(line, sizeof(line), stdin)) {
        enum port_status status = PORT_INVALID;
        char number[16];

        line[strcspn(line, "\r\n")] = 0;
        if (!strncmp(line, "put\t", 4))
            status = put(store, line + 4);
        else if (!strcmp(line, "adopt"))
            status = store_adopt(store, adopted, NULL);
        snprintf(number, sizeof(number), "%d", (int)status);
        say(status ? "failed" : "done", status ? number : "");
    }
    memory_free(folder);
    program_die(0);
}
