/* SPDX-License-Identifier: MIT */
/*
 * The whole engine, with a server that is the input: whatever it answers, however often the
 * transfer is paused, nothing but bytes of one version of the body may be said to be there, and a
 * transfer that is completed has all of them.
 */
#include <stdio.h>
#include <string.h>

#include "fake_answers.h"
#include "fuzz.h"
#include "quick_files.h"
#include "src/engine/engine_store.h"
#include "src/engine/transfer.h"
#include "src/port/files.h"
#include "src/port/memory.h"
#include "src/port/system.h"
#include "src/port/threads.h"

static char destination[512];

static struct mutex mutex = MUTEX_INITIALIZER; /* over what follows */
static struct condition changed;
static struct transfer *current;
static unsigned pauses_left, received, pause_at;
static bool finished, asked_to_pause, move_url;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{

    (void)argc, (void)argv;
    snprintf(destination, sizeof(destination), "%s/file", fuzz_folder());
    quick_files_use();
    condition_init(&changed);
    fake_network_use(fake_answer);
    return 0;
}

/* On the engine's thread. */
static void observe(void *context, enum transfer_event event)
{
    struct transfer_progress progress;

    (void)context;
    transfer_get_progress(current, &progress);
    if (event == TRANSFER_EVENT_RECEIVED && ++received == pause_at && pauses_left) {
        pauses_left--;
        asked_to_pause = true;
        transfer_pause(current);
    }
    if (event == TRANSFER_EVENT_STATUS && asked_to_pause &&
        progress.status == TRANSFER_PAUSED_BY_APPLICATION) {
        asked_to_pause = false;
        received = 0;
        if (move_url)
            transfer_set_url(current, "http://other.example/file");
        REQUIRE(!transfer_resume(current));
    }
    if (event == TRANSFER_EVENT_FINISHED) {
        mutex_lock(&mutex);
        finished = true;
        condition_broadcast(&changed);
        mutex_unlock(&mutex);
    }
}

static void make_file(void)
{
    file_handle file;

    REQUIRE(
        !file_open(destination, FILE_OPEN_WRITE | FILE_OPEN_CREATE | FILE_OPEN_TRUNCATE, &file));
    file_close(file);
}

/* The file has one version, or none has got that far. */
static void check_parts(const uint8_t *bytes, size_t size, bool whole)
{
    struct byte_range *ranges;
    bool some = false;
    size_t count;

    REQUIRE(!transfer_get_ranges(current, &ranges, &count));
    for (unsigned body = 0; body < BODIES && !some; body++) {
        some = true;
        for (size_t i = 0; i < count; i++)
            some = some && ranges[i].offset + ranges[i].length <= size &&
                   fake_is_part(body, ranges[i].offset, bytes + ranges[i].offset,
                                (size_t)ranges[i].length);
        if (some && whole && !fake_was_cut_unseen())
            some = size == fake_bodies[body].total && (!size || count == 1);
        if (some && whole)
            some = fake_is_part(body, 0, bytes, size);
    }
    REQUIRE(some);
    memory_free(ranges);
}

static void check_end(void)
{
    struct transfer_progress progress;
    struct transfer_error error;
    size_t size = 0;
    void *bytes;

    transfer_get_progress(current, &progress);
    transfer_get_error(current, &error);
    REQUIRE(progress.status == TRANSFER_COMPLETED || progress.status == TRANSFER_FAILED);
    REQUIRE((progress.status == TRANSFER_FAILED) == (error.code != TRANSFER_ERROR_NONE));
    REQUIRE(!file_load(destination, 1 << 20, &bytes, &size));
    REQUIRE(progress.bytes_received <= size);
    check_parts(bytes, size, progress.status == TRANSFER_COMPLETED);
    memory_free(bytes);
}

static void run(const struct transfer_request *request, unsigned flags, unsigned position)
{
    struct transfer *transfer;

    REQUIRE(!transfer_create(request, &transfer));
    current = transfer;
    finished = asked_to_pause = false;
    received = 0;
    REQUIRE(!transfer_set_random_access(transfer, flags & 1));
    if (flags & 64) /* somebody waits for bytes amid the body */
        transfer_demand(transfer, position, flags >> 1);
    transfer_set_observer(transfer, observe, NULL);
    fake_network_busy(true);
    REQUIRE(!transfer_start(transfer));
    mutex_lock(&mutex);
    while (!finished)
        condition_wait(&changed, &mutex);
    mutex_unlock(&mutex);
    fake_network_busy(false);
    check_end();
    transfer_collect(transfer);
    REQUIRE(!store_flush(engine_store(NULL)));
    transfer_release(transfer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_input(data, size);
    unsigned flags = fuzz_u8(&input), pauses = fuzz_u8(&input);
    struct transfer_request request = {
        .url = flags & 32 ? "ftp://host.example/file" : "http://host.example/file",
        .method = "GET",
        .destination = destination,
    };

    REQUIRE(!system_random(&request.id, sizeof(request.id)));
    pauses_left = pauses % 4;
    pause_at = pauses / 4 % 8 + 1;
    move_url = pauses & 128;
    fake_bodies_make(&input);
    fake_answers_use(&input);
    make_file();
    run(&request, flags, pauses);
    return 0;
}
