/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TRANSFERS_RECORD_JSON_H
#define WINRT_TRANSFERS_RECORD_JSON_H

#include "json.h"
#include "src/store/store_tool.h"

/* A download as an object in an array; docs/transfers-tool.md has its members. */
void record_write_json(struct json *json, const char *app, const struct store_tool_record *record);

#endif
