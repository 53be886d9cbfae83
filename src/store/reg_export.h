/* SPDX-License-Identifier: MIT */
/*
 * A hive as a .reg file, for regedit and for people: "Windows Registry Editor Version 5.00".
 * Secrets are left out (download_values.h). docs/store.md
 */
#ifndef WINRT_STORE_REG_EXPORT_H
#define WINRT_STORE_REG_EXPORT_H

#include "hive.h"

/* Takes the next bytes of the file. What it does not return PORT_OK for ends the export. */
typedef enum port_status (*reg_sink)(void *context, const void *bytes, size_t size);

enum reg_encoding {
    REG_UTF16, /* with a byte order mark, and lines that end with CR LF: what regedit reads */
    REG_UTF8,  /* without, and lines that end with LF: for a terminal */
};

struct reg_export;

/* Writes the beginning of the file. PORT_NO_MEMORY, and what the sink returns. */
enum port_status reg_export_begin(enum reg_encoding encoding, reg_sink sink, void *context,
                                  struct reg_export **ret);
void reg_export_end(struct reg_export *export); /* NULL is fine */

/*
 * The key at `path` of the hive and all below it ("": the whole hive), as keys below `root`, such
 * as "HKEY_CURRENT_USER\Software\App". A record that is damaged becomes a comment. PORT_NOT_FOUND
 */
enum port_status reg_export_key(struct reg_export *export, struct hive *hive, const char *path,
                                const char *root);

#endif
