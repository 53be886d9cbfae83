/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <string.h>

#include "output.h"
#include "program.h"
#include "src/port/app_identity.h"
#include "src/port/memory.h"
#include "src/store/store_tool.h"
#include "words.h"

static const char usage[] =
    "winrt-transfers list [--json]\n"
    "winrt-transfers show [--json] GUID...\n"
    "winrt-transfers export [FILE]\n"
    "winrt-transfers cancel GUID...\n"
    "winrt-transfers purge [--all | GUID...]\n"
    "\n"
    "list     the downloads of all apps of this user\n"
    "show     everything about some of them, but for secrets\n"
    "export   the same as a .reg file; without FILE as text on standard output\n"
    "cancel   cancels downloads; one whose program runs is cancelled by that, soon\n"
    "purge    forgets what ended, was not collected, and has no running program any more;\n"
    "         with --all also what did not end. Files that were downloaded stay.\n"
    "\n"
    "--app ID         of this app alone, named as list names it\n"
    "--state-dir DIR  below this folder, instead of WINRT_STATE_DIR or the user's own\n"
    "--json           for programs\n"
    "--help, --version\n";

static const struct command commands[] = {
    { "list", TAKES_JSON, command_list },
    { "show", TAKES_JSON | TAKES_IDS | NEEDS_IDS, command_show },
    { "export", TAKES_FILE, command_export },
    { "cancel", TAKES_IDS | NEEDS_IDS, command_cancel },
    { "purge", TAKES_IDS | TAKES_ALL, command_purge },
};

/* What has been read so far. */
struct reading {
    struct options *options;
    struct store_id *ids;
    const char *state_dir;
    bool literal; /* behind "--" */
};

static bool misused(const char *what, const char *argument)
{
    out_error("%s: %s; winrt-transfers --help shows what there is", argument, what);
    return false;
}

static bool find_command(const char *name, const struct command **ret)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (!strcmp(commands[i].name, name)) {
            *ret = &commands[i];
            return true;
        }
    }
    return misused("no such command", name);
}

/* The value of an option that is followed by it, or has it behind an equals sign. */
static bool take_value(const char *name, int *at, int count, char **arguments, const char **ret)
{
    size_t length = strlen(name);
    const char *value = NULL;

    if (arguments[*at][length] == '=')
        value = arguments[*at] + length + 1;
    else if (*at + 1 < count)
        value = arguments[++*at];
    if (!value || !*value)
        return misused("needs a value", name);
    *ret = value;
    return true;
}

static bool is_option(const char *argument, const char *name)
{
    size_t length = strlen(name);

    return !strncmp(argument, name, length) && (!argument[length] || argument[length] == '=');
}

static bool take_option(struct reading *reading, int *at, int count, char **arguments)
{
    struct options *options = reading->options;
    const char *argument = arguments[*at];

    if (!strcmp(argument, "--"))
        reading->literal = true;
    else if (!strcmp(argument, "--json"))
        options->json = true;
    else if (!strcmp(argument, "--all"))
        options->all = true;
    else if (is_option(argument, "--app"))
        return take_value("--app", at, count, arguments, &options->app);
    else if (is_option(argument, "--state-dir"))
        return take_value("--state-dir", at, count, arguments, &reading->state_dir);
    else
        return misused("no such option", argument);
    return true;
}

static bool take_argument(struct reading *reading, const char *argument)
{
    struct options *options = reading->options;

    if (!options->command)
        return find_command(argument, &options->command);
    if (options->command->takes & TAKES_FILE && !options->file) {
        options->file = argument;
        return true;
    }
    if (!(options->command->takes & TAKES_IDS))
        return misused("one argument too many", argument);
    if (!store_tool_parse_id(argument, &reading->ids[options->id_count]))
        return misused("not a GUID, which looks like {6f9619ff-8b86-d011-b42d-00c04fc964ff}",
                       argument);
    /* Named twice it is still one. */
    if (options_find_id(options, &reading->ids[options->id_count]) == options->id_count)
        options->id_count++;
    return true;
}

static bool check_use(const struct options *options)
{
    unsigned takes;

    if (!options->command)
        return misused("needs a command", "winrt-transfers");
    takes = options->command->takes;
    if (options->json && !(takes & TAKES_JSON))
        return misused("is not for this command", "--json");
    if (options->all && !(takes & TAKES_ALL))
        return misused("is not for this command", "--all");
    if (options->all && options->id_count)
        return misused("either that or GUIDs, not both", "--all");
    if (takes & NEEDS_IDS && !options->id_count)
        return misused("needs a GUID", options->command->name);
    return true;
}

/* False if that failed, which it has told. */
static bool find_root(struct options *options, const char *state_dir, int *ret_code)
{
    enum port_status status;

    *ret_code = EXIT_MISUSED;
    if (state_dir) {
        status = program_path(state_dir, &options->root);
        if (status == PORT_INVALID)
            return misused("cannot be a folder", state_dir);
    } else {
        status = app_state_root(&options->root);
    }
    if (!status)
        return true;
    *ret_code = EXIT_FAILED;
    out_error("the folder of states: %s", words_of_status(status));
    return false;
}

static bool asks(int count, char **arguments, const char *what)
{
    for (int i = 0; i < count && strcmp(arguments[i], "--"); i++) {
        if (!strcmp(arguments[i], what))
            return true;
    }
    return false;
}

bool options_parse(int count, char **arguments, struct options *ret, int *ret_code)
{
    struct reading reading = { .options = ret };
    bool good = true;

    memset(ret, 0, sizeof(*ret));
    *ret_code = EXIT_DONE;
    if (asks(count, arguments, "--help")) {
        out("%s", usage);
        return false;
    }
    if (asks(count, arguments, "--version")) {
        out("winrt-transfers %s\n", PROGRAM_VERSION);
        return false;
    }
    *ret_code = EXIT_MISUSED;
    reading.ids = memory_zalloc_array((size_t)count + 1, sizeof(*reading.ids));
    ret->ids = reading.ids;
    if (!reading.ids) {
        *ret_code = EXIT_FAILED;
        out_error("%s", words_of_status(PORT_NO_MEMORY));
        return false;
    }
    for (int i = 0; good && i < count; i++) {
        if (!reading.literal && arguments[i][0] == '-' && arguments[i][1])
            good = take_option(&reading, &i, count, arguments);
        else
            good = take_argument(&reading, arguments[i]);
    }
    good = good && check_use(ret) && find_root(ret, reading.state_dir, ret_code);
    if (!good)
        options_free(ret);
    return good;
}

void options_free(struct options *options)
{
    memory_free((void *)options->ids);
    memory_free(options->root);
    memset(options, 0, sizeof(*options));
}

size_t options_find_id(const struct options *options, const struct store_id *id)
{
    size_t i = 0;

    while (i < options->id_count && memcmp(&options->ids[i], id, sizeof(*id)))
        i++;
    return i;
}
