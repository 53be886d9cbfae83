/* SPDX-License-Identifier: MIT */
/* How much of anything the engine accepts, holds or waits for. Sizes in bytes, times in ms. */
#ifndef WINRT_ENGINE_LIMITS_H
#define WINRT_ENGINE_LIMITS_H

#define LIMIT_REDIRECTS        10
#define LIMIT_LOGIN_ROUNDS     10   /* requests that libcurl repeats to log in */
#define LIMIT_HEADER_FIELDS    1000 /* of all heads of one exchange, informational ones too */
#define LIMIT_HEADER_BYTES     (256 * 1024)  /* likewise */
#define LIMIT_INFORMATIONAL    64            /* 1xx heads before the final one */
#define LIMIT_UNASKED_BODY     (1024 * 1024) /* a larger request body waits for "100 Continue" */
#define LIMIT_ERROR_BODY       (1024 * 1024)
#define LIMIT_REDIRECT_BODY    (64 * 1024) /* read so that the connection can be used again */
#define LIMIT_FTP_WAIT_MS      2000        /* libcurl's, for a server's word after a file */
#define LIMIT_RUNNING          6           /* transfers at a time, unless WINRT_MAX_TRANSFERS */
#define LIMIT_RUNNING_MOST     1000
#define LIMIT_CONNECTIONS      16 /* to one server, unless WINRT_MAX_CONNECTIONS */
#define LIMIT_CONNECTIONS_MOST 64
#define LIMIT_KEPT_EACH        4    /* connections for each that may run, as libcurl while all do */
#define LIMIT_FOLLOW_MS        3000 /* for one that has gone ahead */

#define BODY_BUFFER_SIZE     (256 * 1024) /* gathered before each write to the file */
#define NETWORK_BUFFER_SIZE  (512 * 1024) /* what libcurl may read at once */
#define NETWORK_BUFFER_LEAST (16 * 1024)  /* likewise, when it must not come fast */
#define PROGRESS_INTERVAL_MS 100

/* What a kill may cost: so much of a running transfer is fetched again. */
#define CHECKPOINT_BYTES       (8 * 1024 * 1024)
#define CHECKPOINT_INTERVAL_MS 1000

/* A reader so close ahead of what comes anyway is not worth another request. */
#define RANDOM_AHEAD (256 * 1024)

/* The least that is worth a request of its own; how little, and after what time, somebody who
 * brings nothing has to give up as a whole. */
#define BRANCH_LEAST  (256 * 1024)
#define HANG_MOST     (1024 * 1024)
#define HANG_LEAST_MS 100

#define CONNECT_TIMEOUT_MS  300000
#define RESPONSE_TIMEOUT_MS 120000
#define STALL_TIMEOUT_MS    120000
#define RETRY_BASE_MS       1000
#define FULL_DOUBLINGS      6 /* of the wait for room on the disk: about a minute */
#define TIMEOUT_MOST_MS     86400000

#define STOP_TIMEOUT_NS UINT64_C(1000000000)

/* From here on it is worth asking the volume whether it can hold so large a file. */
#define LARGE_FILE_SIZE UINT64_C(0x7fffffff)

#endif
