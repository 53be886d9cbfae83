/* SPDX-License-Identifier: MIT */
#include "apps.h"
#include "output.h"
#include "problems.h"
#include "program.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/store/reg_export.h"
#include "src/store/store_tool.h"
#include "words.h"

#define ROOT "HKEY_CURRENT_USER\\Software\\winrt-backgroundtransfer"

struct exporting {
    struct reg_export *export;
    const struct app *app;
    file_handle file; /* FILE_HANDLE_NONE: standard output */
    uint64_t size;
    enum port_status status;
};

static enum port_status write_bytes(void *context, const void *bytes, size_t size)
{
    struct exporting *exporting = context;
    enum port_status status = PORT_OK;

    if (exporting->file == FILE_HANDLE_NONE)
        out_bytes(bytes, size);
    else
        status = file_write_at(exporting->file, exporting->size, bytes, size);
    exporting->size += size;
    return status;
}

/* An app's name as one key's. */
static void replace_backslashes(char *name)
{
    for (; *name; name++) {
        if (*name == '\\')
            *name = '/';
    }
}

static bool export_hive(void *context, const struct store_tool_hive *hive)
{
    struct exporting *exporting = context;
    char *app, *root;

    if (hive->status)
        return true;
    app = memory_strdup(exporting->app->name);
    if (app)
        replace_backslashes(app);
    root = app ? memory_format(ROOT "\\%s\\%s", app, hive->name) : NULL;
    exporting->status =
        root ? reg_export_key(exporting->export, hive->hive, "", root) : PORT_NO_MEMORY;
    memory_free(root);
    memory_free(app);
    return !exporting->status;
}

static bool export_app(void *context, const struct app *app)
{
    struct exporting *exporting = context;

    exporting->app = app;
    store_tool_visit_hives(app->folder, export_hive, exporting);
    problems_tell(app);
    return !exporting->status;
}

static enum port_status open_file(const char *name, file_handle *ret)
{
    enum port_status status;
    char *path;

    status = program_path(name, &path);
    if (!status)
        status = file_open(path, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE, ret);
    memory_free(path);
    return status;
}

void command_export(const struct options *options)
{
    struct exporting exporting = { .file = FILE_HANDLE_NONE };
    enum reg_encoding encoding = options->file ? REG_UTF16 : REG_UTF8;

    if (options->file)
        exporting.status = open_file(options->file, &exporting.file);
    if (!exporting.status)
        exporting.status = reg_export_begin(encoding, write_bytes, &exporting, &exporting.export);
    if (!exporting.status)
        apps_visit(options, export_app, &exporting);
    reg_export_end(exporting.export);
    file_close(exporting.file);
    if (exporting.status)
        out_error("%s: %s", options->file ? options->file : "export",
                  words_of_status(exporting.status));
}
