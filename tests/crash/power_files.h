/* SPDX-License-Identifier: MIT */
/* The files seam of a simulated disk, and what it records with. */
#ifndef WINRT_TEST_POWER_FILES_H
#define WINRT_TEST_POWER_FILES_H

#include "power_disk.h"

extern const struct file_ops power_files;

/* With the disk's mutex: the next step of its trace, to be filled in; NULL if it has none. */
struct power_step *power_record(struct power_disk *disk, enum power_kind kind);

/* With the mutex, which is given up while the disk works. */
void power_record_sync(struct power_disk *disk, enum power_kind kind, uint32_t node);

/* With the mutex: what is at the path, or its folder and the name in it (which lives on). */
enum port_status power_resolve(struct power_disk *disk, const char *path, uint32_t *ret_folder,
                               const char **ret_name, uint32_t *ret_node);
bool power_is_below(const char *path);

/* With the mutex: a new file or folder there. */
uint32_t power_make(struct power_disk *disk, uint32_t folder, const char *name, bool is_folder);

#endif
