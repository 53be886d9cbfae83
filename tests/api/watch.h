/* SPDX-License-Identifier: MIT */
/*
 * A download that a test pauses, resumes and disturbs: what its progress handler was shown is kept,
 * and the test waits for a state instead of sleeping.
 *
 *     struct watch watch;
 *     watch_script(&watch, "name", "steps=hold:400000,ok");
 *     watch_for_bytes(&watch, 400000);
 *     watch_pause(&watch);
 *     watch_resume(&watch);
 *     assert_int_equal(watch_end(&watch, NULL), Completed);
 *     check_requests(&watch, "GET - -\n...");
 *     watch_close(&watch);
 */
#ifndef WINRT_TEST_API_WATCH_H
#define WINRT_TEST_API_WATCH_H

#include "fixture.h"

#define SCRIPT_SIZE 1000000 /* bytes of the file that watch_script downloads */
#define WATCH_KEPT  512

struct watch {
    const char *token;
    const char *file; /* name of the result file */
    IDownloadOperation *operation;
    download_async *async;
    struct recorder *progress;
    struct mutex mutex; /* of the two below, which the handler writes */
    BackgroundDownloadProgress shown[WATCH_KEPT];
    unsigned count;
};

/* Waits between retries are of a millisecond. Before the first download. */
void retry_at_once(void);

/* The address of SCRIPT_SIZE bytes by the fault server's /script with these options; the token is
 * test_token(name). In server_url's buffers. */
const char *script_url(const char *name, const char *options);

/* An operation for script_url, made by `downloader` (NULL: the default one), started and watched.
   The file is "a.bin". */
void watch_script(struct watch *watch, const char *name, const char *options);
void watch_script_with(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                       const char *options);

/* The same in two steps, for what has to be done in between. */
void watch_create(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                  const char *url);
/* With another file; its name lives as long as the watch. */
void watch_create_file(struct watch *watch, IBackgroundDownloader *downloader, const char *name,
                       const char *url, const char *file);
void watch_start(struct watch *watch);

/* Until Progress has that status, or that many bytes at least. */
#define watch_for_status(watch, status) watch_for_status_at(watch, status, __FILE__, __LINE__)
void watch_for_status_at(struct watch *watch, BackgroundTransferStatus status, const char *file,
                         int line);
#define watch_for_bytes(watch, bytes) watch_for_bytes_at(watch, bytes, __FILE__, __LINE__)
void watch_for_bytes_at(struct watch *watch, UINT64 bytes, const char *file, int line);

/* Pauses, and waits until it is and the handler was shown that. */
void watch_pause(struct watch *watch);
void watch_resume(struct watch *watch);

/* The end: AsyncStatus, and the error in *error (may be NULL). */
AsyncStatus watch_end(struct watch *watch, HRESULT *error);

/*
 * The statuses that the handler was shown, in order, and at the end the final one: "Running
 * PausedByApplication Running Completed". Idle is left out: whether one waits in the queue long
 * enough to be shown is up to chance. Lives as long as ring_format's.
 */
const char *watch_statuses(struct watch *watch);

/* They begin with these and end with that. What is in between may have passed too soon for a
 * notification, since each shows how things are when it comes. */
#define check_statuses(watch, first, last) check_statuses_at(watch, first, last, __FILE__, __LINE__)
void check_statuses_at(struct watch *watch, const char *first, const char *last, const char *file,
                       int line);

/* How many notifications showed HasRestarted, and how many HasResponseChanged. */
unsigned watch_restarts(struct watch *watch);
unsigned watch_responses(struct watch *watch);

/* Nothing else refers to the objects. Not before the end. */
void watch_close(struct watch *watch);

/* What the server saw of it: method, Range and If-Range, a line a request. */
#define check_requests(watch, expected) check_requests_at(watch, expected, __FILE__, __LINE__)
void check_requests_at(const struct watch *watch, const char *expected, const char *file, int line);
unsigned request_count(const struct watch *watch);

/* GETs a row of the fault server about the watch's token, such as "held?count=2" or "release"; any
 * answer but 200 fails the test. */
void script_control(const struct watch *watch, const char *row);

#endif
