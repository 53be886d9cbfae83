/* SPDX-License-Identifier: MIT */
/* The little that the store knows of a download's record (download_values.h). */
#ifndef WINRT_STORE_RECORD_H
#define WINRT_STORE_RECORD_H

#include "value_set.h"

/* Whether nobody has asked for it since WINRT_STALE_DAYS (90). A time that is yet to come, since a
 * clock was set back, counts as now. */
bool record_is_stale(const struct value_set *record, int64_t now, uint64_t days);
uint64_t record_stale_days(void);

/*
 * Makes the record of a program under Wine one of a native program, or the other way round: paths
 * on drive Z: are those of the system below it. The identity of the file goes, which the two tell
 * differently. *ret_changed: whether it was such a record. PORT_NO_MEMORY
 */
enum port_status record_make_ours(struct value_set *record, bool *ret_changed);

/* Whether it has what an app or a server wants nobody to know: values that download_values.c calls
 * secret; but of URIs only those with user info, and of response headers only with cookies. */
bool record_has_secrets(const struct value_set *record);

/* Calls back with the name, without its folder, of each private file that the record names. */
void record_visit_private(const struct value_set *record,
                          void (*visitor)(void *context, const char *name), void *context);

#endif
