/* SPDX-License-Identifier: MIT */
/*
 * The store of an app as tools see it, from outside of the app: all hives, those of live instances
 * too. Reading changes nothing. A live instance's hive is changed by its owner alone, who is asked;
 * a dead one's under its lock. Any thread; `folder` is the app's (app_state_folder). docs/store.md
 */
#ifndef WINRT_STORE_STORE_TOOL_H
#define WINRT_STORE_STORE_TOOL_H

#include "hive.h"
#include "store.h"

/* A hive, while it is visited. */
struct store_tool_hive {
    const char *path, *name; /* `name`: the file's, without its folder */
    bool is_groups;          /* the app's groups; all others have downloads */
    bool live;               /* its owner runs */
    enum port_status status; /* why it could not be opened: as hive_open_read_only */
    struct hive *hive;       /* open for reading; NULL if it could not be */
};

/* One download's record in it. */
struct store_tool_record {
    const struct store_tool_hive *hive;
    struct store_id id;
    const struct value_set *values;
};

/* Return false to stop. */
typedef bool (*store_tool_hive_visitor)(void *context, const struct store_tool_hive *hive);
typedef bool (*store_tool_visitor)(void *context, const struct store_tool_record *record);

/* In the order of their names; nothing if the app has no store. PORT_DENIED: it is not ours. */
enum port_status store_tool_visit_hives(const char *folder, store_tool_hive_visitor visitor,
                                        void *context);

/* All downloads in all hives, hive by hive, in the order in which they came into each. What cannot
 * be read is passed over; the first failure is returned after all were visited. */
enum port_status store_tool_visit(const char *folder, store_tool_visitor visitor, void *context);

/*
 * Cancels a download. A live owner is asked, and does it soon: *ret_asked. In a dead one's hive it
 * becomes DOWNLOAD_CANCELED, durably, and the app will find it so. PORT_NOT_FOUND;
 * PORT_WRONG_STATE: it has ended already. PORT_BUSY: somebody works on the store.
 */
enum port_status store_tool_cancel(const char *folder, const struct store_id *id, bool *ret_asked);

/*
 * Forgets downloads of dead instances, with their private files: those that `chosen` returns true
 * for. Their result files stay. Hives that are empty then go. *ret_count: how many. PORT_BUSY as
 * above.
 */
enum port_status store_tool_purge(const char *folder, store_tool_visitor chosen, void *context,
                                  size_t *ret_count);

/* "{xxxxxxxx-…}" and its NUL, in lower case; and back, in either, with or without the braces. */
#define STORE_ID_TEXT_SIZE 39
void store_tool_format_id(const struct store_id *id, char ret[STORE_ID_TEXT_SIZE]);
bool store_tool_parse_id(const char *text, struct store_id *ret);

#endif
