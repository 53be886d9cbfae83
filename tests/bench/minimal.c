/* SPDX-License-Identifier: MIT */
/*
 * bench_minimal LIST FOLDER LOG CONNECTIONS: downloads all that LIST names, a URL and a file name a
 * line, with the shortest loop around libcurl that is fast: so many easy handles, each used again
 * when it has ended. It gathers 256 KiB before a write, since libcurl hands over at most 16 KiB.
 * Nothing is checked, remembered or told that need not be: this is what the library is measured by.
 * BENCH_CA_FILE names the authority for https.
 */
#define _GNU_SOURCE

#include <curl/curl.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "minimal_syncs.h"

#define MOST             64 /* connections */
#define GATHER           (256 * 1024)
#define CHECKPOINT_BYTES (8L * 1024 * 1024) /* or a second: when ours syncs a file that grows */

struct slot {
    CURL *easy;
    char name[256];
    int file;
    off_t written, synced;
    time_t synced_at;
    size_t used;
    char *gathered;
};

static struct slot slots[MOST];
static FILE *list;
static int folder;

static int flush(struct slot *slot)
{
    time_t now = time(NULL);

    if (slot->file < 0)
        slot->file = openat(folder, slot->name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    for (size_t done = 0; done < slot->used;) {
        ssize_t count = pwrite(slot->file, slot->gathered + done, slot->used - done, slot->written);

        if (count <= 0)
            return -1;
        done += (size_t)count;
        slot->written += count;
    }
    slot->used = 0;
    if ((slot->written - slot->synced >= CHECKPOINT_BYTES || now > slot->synced_at) &&
        syncs_idle()) {
        slot->synced = slot->written;
        slot->synced_at = now;
        syncs_submit(slot->file, false);
    }
    return slot->file < 0 ? -1 : 0;
}

static size_t receive(char *data, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    size_t left = size * count;

    while (left > 0) {
        size_t take = left < GATHER - slot->used ? left : GATHER - slot->used;

        memcpy(slot->gathered + slot->used, data, take);
        slot->used += take;
        data += take;
        left -= take;
        if (slot->used == GATHER && flush(slot) != 0)
            return 0;
    }
    return size * count;
}

/* Whether there was one more to fetch. */
static bool begin(struct slot *slot)
{
    char url[1024];

    if (fscanf(list, "%1023s %255s", url, slot->name) != 2)
        return false;
    slot->file = -1;
    slot->written = slot->synced = 0;
    slot->synced_at = time(NULL);
    curl_easy_setopt(slot->easy, CURLOPT_URL, url);
    return true;
}

static void end(struct slot *slot, CURLcode result)
{
    if (result || flush(slot) != 0) {
        fprintf(stderr, "%s: %s\n", slot->name, curl_easy_strerror(result));
        exit(1);
    }
    syncs_submit(slot->file, true);
}

static void make(struct slot *slot)
{
    slot->easy = curl_easy_init();
    slot->gathered = malloc(GATHER);
    curl_easy_setopt(slot->easy, CURLOPT_BUFFERSIZE, 512L * 1024);
    curl_easy_setopt(slot->easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(slot->easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(slot->easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(slot->easy, CURLOPT_FAILONERROR, 1L);
    if (getenv("BENCH_CA_FILE"))
        curl_easy_setopt(slot->easy, CURLOPT_CAINFO, getenv("BENCH_CA_FILE"));
}

int main(int argc, char **argv)
{
    long connections = argc == 5 ? strtol(argv[4], NULL, 10) : 0;
    struct slot *slot;
    int running = 0, messages;
    CURLM *multi = curl_multi_init();
    CURLMsg *message;

    list = connections > 0 && connections <= MOST ? fopen(argv[1], "r") : NULL;
    if (!list || !multi || (folder = open(argv[2], O_PATH | O_DIRECTORY)) < 0)
        return 2;
    syncs_start(argv[2], argv[3]);
    for (slot = slots; slot < slots + connections; slot++) {
        make(slot);
        if (!begin(slot))
            break;
        curl_multi_add_handle(multi, slot->easy);
        running++;
    }
    while (running && curl_multi_perform(multi, &running) == CURLM_OK) {
        while ((message = curl_multi_info_read(multi, &messages))) {
            CURL *easy = message->easy_handle;

            curl_easy_getinfo(easy, CURLINFO_PRIVATE, &slot);
            end(slot, message->data.result);
            curl_multi_remove_handle(multi, easy);
            if (begin(slot)) {
                curl_multi_add_handle(multi, easy);
                running++;
            }
        }
        if (running)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    return 0;
}
