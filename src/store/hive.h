/* SPDX-License-Identifier: MIT */
/*
 * A hive: keys in a tree, each with values, kept as a log of checked records in one file
 * (log_file.h). What is in memory is the tree and where each key's values are in the file. The
 * functions are those of the registry: RegCreateKeyEx, RegSetValueEx, RegQueryValueEx,
 * RegEnumKeyEx, RegDeleteTree. A path is names with backslashes between ("Downloads\{…}"), compared
 * without regard to the case of A to Z.
 *
 * Not locked: the caller (store.c) has one lock for a hive. A write is in the system's hands when
 * the call returns, and survives the process; hive_sync makes it survive the machine.
 * docs/store.md
 */
#ifndef WINRT_STORE_HIVE_H
#define WINRT_STORE_HIVE_H

#include "src/port/files.h"
#include "value_set.h"

struct hive;

/* A log that is written anew has the hive's name and this until it is whole. hive_open removes what
 * a dead process has left of one. */
#define HIVE_NEW_SUFFIX ".new"

/*
 * Opens or creates it; what is there is replayed, and a torn end is cut off. Damage before its end
 * does not hinder: what could be read is there (hive_get_damage). PORT_INVALID: it is no hive, or
 * of another version; nothing is changed then. PORT_DENIED also for a file that others than the
 * user may read or write, or that is a link. As file_open otherwise.
 */
enum port_status hive_open(const char *path, struct hive **ret);
/* The same for reading alone: the file is never changed, and may be somebody else's that grows. */
enum port_status hive_open_read_only(const char *path, struct hive **ret);
void hive_close(struct hive *hive); /* NULL is fine; syncs nothing */

/* What was not readable at the opening, or at a compaction. */
struct hive_damage {
    uint64_t torn_bytes;  /* behind the last good record; cut off */
    uint64_t bad_records; /* amid good ones: places, with one record or more each */
};
void hive_get_damage(const struct hive *hive, struct hive_damage *ret);

/* No effect if it is there. Parents are made. */
enum port_status hive_create_key(struct hive *hive, const char *path);

/* All values of a key at once; the key is made if need be. One record. PORT_INVALID: a path with an
 * empty or overlong name, or values beyond 8 MiB. If it fails, nothing has changed. */
enum port_status hive_set_values(struct hive *hive, const char *path, struct value_set *values);
/* A new set that the caller frees; empty for a key without. PORT_NOT_FOUND; PORT_IO also if the
 * record was damaged since the opening. */
enum port_status hive_query_values(struct hive *hive, const char *path, struct value_set **ret);

/*
 * One value. Each set rewrites the key's record; for several use hive_set_values. A query takes the
 * room in the buffer and returns the value's size; with a buffer of NULL only that.
 * PORT_FILE_TOO_BIG: more than the room. PORT_NOT_FOUND: no such key, or value of that type.
 */
enum port_status hive_set_value(struct hive *hive, const char *path, const char *name,
                                enum registry_type type, const void *data, size_t size);
enum port_status hive_query_value(struct hive *hive, const char *path, const char *name,
                                  enum registry_type type, void *buffer, size_t *size);

/* The key's children in the order of their making; return false to stop. The hive must not be
 * changed meanwhile. PORT_NOT_FOUND */
typedef bool (*hive_visitor)(void *context, const char *name);
enum port_status hive_enum_keys(struct hive *hive, const char *path, hive_visitor visitor,
                                void *context);
bool hive_has_key(const struct hive *hive, const char *path);
size_t hive_count_keys(const struct hive *hive, const char *path); /* children */

/* The key and all below. No effect if it is not there. */
enum port_status hive_delete_tree(struct hive *hive, const char *path);
/* The same, but it is written with whatever is written next, or by hive_begin_sync. */
enum port_status hive_delete_tree_later(struct hive *hive, const char *path);

/*
 * Makes the log durable. A sync takes its time, and others shall write meanwhile: so
 * hive_begin_sync and hive_end_sync are called with the caller's lock, and file_sync of the handle
 * between them without; the handle stays open until the end, also if the log is replaced meanwhile.
 * A sync that failed must not be trusted when it is tried again: hive_end_sync then rewrites the
 * log (hive_compact), and returns how that went. hive_sync does all of it.
 */
file_handle hive_begin_sync(struct hive *hive);
enum port_status hive_end_sync(struct hive *hive, file_handle handle, enum port_status status);
enum port_status hive_sync(struct hive *hive);

/* The file is not this process's, and whose it was may not have synced its name: the next sync
 * does. */
void hive_name_is_new(struct hive *hive);

/*
 * Rewrites the log without what is dead: new file, sync, rename, sync of the folder. PORT_BUSY: not
 * now (somebody has the file open under Wine); the old one goes on. `hive_wants_compaction` is when
 * most of it is dead and it is large enough to matter.
 */
bool hive_wants_compaction(const struct hive *hive);
enum port_status hive_compact(struct hive *hive);

/* Size of the log and the live part of it, in bytes. */
void hive_get_size(const struct hive *hive, uint64_t *ret_size, uint64_t *ret_live);

#endif
