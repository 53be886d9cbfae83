/* SPDX-License-Identifier: MIT */
/* Where the store's files are, and what they are called. docs/store.md */
#ifndef WINRT_STORE_STORE_NAMES_H
#define WINRT_STORE_STORE_NAMES_H

#include <stdbool.h>

#include "src/port/status.h"
#include "store.h"

#define HIVE_DIGITS    16
#define HIVE_NAME_SIZE (HIVE_DIGITS + 1) /* with its NUL */

#define HIVE_ENDING    ".hive"
#define LOCK_ENDING    ".lock"
#define DAMAGED_ENDING ".damaged"
#define GROUPS_FILE    "groups" HIVE_ENDING
#define GROUPS_LOCK    "groups" LOCK_ENDING
#define ADOPTION_LOCK  "adoption" LOCK_ENDING

/* "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}" and its NUL. */
#define ID_TEXT_SIZE 39

/* Paths; the store's folders below that of the app. */
struct store_folders {
    char *app, *transfers, *private, *requests;
};

/* PORT_NO_MEMORY; store_folders_free also then. */
enum port_status store_folders_init(struct store_folders *folders, const char *app);
void store_folders_free(struct store_folders *folders);

/* Sixteen random digits. As system_random. */
enum port_status hive_name_make(char name[HIVE_NAME_SIZE]);

/* The name if `text` begins with one and goes on with `ending`, which may be followed by more if
 * that is `open`. */
bool hive_name_parse(const char *text, const char *ending, bool open, char ret[HIVE_NAME_SIZE]);

/* `<transfers>/<name><ending>` in a new string; NULL without memory. */
char *hive_name_path(const struct store_folders *folders, const char *name, const char *ending);

void store_id_format(const struct store_id *id, char ret[ID_TEXT_SIZE]);
/* False if the text does not begin with one; *ret_rest is what follows it. */
bool store_id_parse(const char *text, struct store_id *ret, const char **ret_rest);

/* The key of a download's record. */
#define ID_KEY_SIZE (10 + ID_TEXT_SIZE)
void store_id_key(const struct store_id *id, char ret[ID_KEY_SIZE]);

#endif
