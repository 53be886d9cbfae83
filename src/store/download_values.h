/* SPDX-License-Identifier: MIT */
/*
 * What the record of a download holds: every value's name, once. docs/store.md has the table for
 * people; download_values.c the types and which are secret, for the tool and the export.
 */
#ifndef WINRT_STORE_DOWNLOAD_VALUES_H
#define WINRT_STORE_DOWNLOAD_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "value_set.h"

/* The store's own. */
#define DOWNLOAD_GENERATION   "Generation"  /* QWORD: which of two records of one GUID is newer */
#define DOWNLOAD_LAST_ASKED   "LastAsked"   /* QWORD: universal time at which an app last asked */
#define DOWNLOAD_PRIVATE_FILE "PrivateFile" /* SZ: the body, if there is no result file */
#define DOWNLOAD_PRIVATE_BODY "PrivateBody" /* SZ: the request's body, if the file is ours */

/* As created. */
#define DOWNLOAD_CREATED         "Created"      /* QWORD: universal time; the order of listings */
#define DOWNLOAD_PLATFORM        "Platform"     /* SZ: "posix" or "win32", whose paths these are */
#define DOWNLOAD_URI             "RequestedUri" /* SZ, secret: may have user info */
#define DOWNLOAD_METHOD          "Method"       /* SZ; absent: GET */
#define DOWNLOAD_RESULT_FILE     "ResultFile"   /* SZ: path; absent: PrivateFile */
#define DOWNLOAD_BODY_FILE       "RequestBodyFile"             /* SZ: path of the caller's file */
#define DOWNLOAD_HEADERS         "RequestHeaders"              /* MULTI_SZ, secret: "Name: value" */
#define DOWNLOAD_SERVER_USER     "ServerUserName"              /* SZ, secret */
#define DOWNLOAD_SERVER_PASSWORD "ServerPassword"              /* SZ, secret */
#define DOWNLOAD_PROXY_USER      "ProxyUserName"               /* SZ, secret */
#define DOWNLOAD_PROXY_PASSWORD  "ProxyPassword"               /* SZ, secret */
#define DOWNLOAD_GROUP           "Group"                       /* SZ: the legacy group */
#define DOWNLOAD_TRANSFER_GROUP  "TransferGroup"               /* SZ: name */
#define DOWNLOAD_COST_POLICY     "CostPolicy"                  /* DWORD; absent: 0 */
#define DOWNLOAD_PRIORITY        "Priority"                    /* DWORD; absent: 0 */
#define DOWNLOAD_RANDOM_ACCESS   "IsRandomAccessRequired"      /* DWORD */
#define DOWNLOAD_RECOVERABLE     "RecoverableWebErrorStatuses" /* BINARY: int32, little-endian */
#define DOWNLOAD_TAG             "Tag"                         /* SZ */
#define DOWNLOAD_MAX_SPEED       "MaxBytesPerSecond"           /* QWORD; absent: no limit */
#define DOWNLOAD_MAX_CONNECTIONS "MaxConnections"              /* DWORD; absent: the process's */

/* How far it has come. */
#define DOWNLOAD_STATE         "State"         /* DWORD: enum download_state */
#define DOWNLOAD_BYTES         "BytesReceived" /* QWORD: durable, from the beginning, in order */
#define DOWNLOAD_MOST_BYTES    "MostBytes"     /* QWORD: the most it ever had (retries) */
#define DOWNLOAD_RANGES        "Ranges"        /* BINARY: pairs of QWORDs, offset and length */
#define DOWNLOAD_TOTAL         "TotalBytes"    /* QWORD; absent: unknown */
#define DOWNLOAD_ETAG          "ETag"          /* SZ: as sent, the body's at hand */
#define DOWNLOAD_LAST_MODIFIED "LastModified"  /* SZ: as sent */
#define DOWNLOAD_DATE          "Date"          /* SZ: as sent, with LastModified */
#define DOWNLOAD_URI_CHANGED   "UriChanged"    /* DWORD: 1 if the body at hand is another URL's */
#define DOWNLOAD_RANGES_SERVED \
    "AcceptRanges" /* DWORD: 1 if the server announced or served ranges */
#define DOWNLOAD_FILE_IDENTITY "FileIdentity" /* BINARY: of the result file at that moment */
#define DOWNLOAD_ATTEMPTS      "Attempts"     /* DWORD: requests that were sent */
#define DOWNLOAD_RETRIES       "Retries"      /* DWORD: without progress, so far */
#define DOWNLOAD_RESTARTS      "Restarts"     /* DWORD: from zero */

/* The response at hand, so that a restored operation can show it. */
#define DOWNLOAD_RESPONSE_STATUS  "ResponseStatus"  /* DWORD */
#define DOWNLOAD_RESPONSE_URI     "ResponseUri"     /* SZ */
#define DOWNLOAD_RESPONSE_HEADERS "ResponseHeaders" /* MULTI_SZ, secret: cookies */

/* Its end, or why it waits. */
#define DOWNLOAD_ERROR         "ErrorCode"       /* DWORD: enum transfer_error_code */
#define DOWNLOAD_ERROR_HTTP    "ErrorHttpStatus" /* DWORD */
#define DOWNLOAD_ERROR_FILE    "ErrorFileStatus" /* DWORD */
#define DOWNLOAD_ERROR_MESSAGE "ErrorMessage"    /* SZ */

/* In a hive for good: numbers never change their meaning. */
enum download_state {
    DOWNLOAD_ACTIVE = 0, /* queued, running or waiting for something that ends by itself */
    DOWNLOAD_PAUSED = 1, /* by the app */
    DOWNLOAD_PARKED = 2, /* a recoverable web error */
    DOWNLOAD_COMPLETED = 3,
    DOWNLOAD_CANCELED = 4,
    DOWNLOAD_FAILED = 5,
};

struct download_value {
    const char *name;
    size_t length; /* of the name */
    enum registry_type type;
    bool secret;
};

extern const struct download_value download_values[];
extern const size_t download_value_count;

/* Whether an export has to hide it. Names that are not in the table are secret. */
bool download_value_is_secret(const char *name);

/* Keys below which the records are, each named as a GUID: "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}".
 */
#define KEY_DOWNLOADS "Downloads"
#define KEY_GROUPS    "Groups"

#endif
