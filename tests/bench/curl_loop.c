/* SPDX-License-Identifier: MIT */
/*
 * curl_loop URL FILE: the shortest libcurl multi loop that is fast. It gathers 256 KiB before each
 * write, since libcurl hands over at most 16 KiB at a time. Nothing is checked that need not be:
 * this is what a library is measured by.
 */
#define _XOPEN_SOURCE 700

#include <curl/curl.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define GATHER (256 * 1024)

static char gathered[GATHER];
static size_t used;
static off_t written;
static int file;

static int flush(void)
{
    for (size_t done = 0; done < used;) {
        ssize_t count = pwrite(file, gathered + done, used - done, written);

        if (count <= 0)
            return -1;
        done += (size_t)count;
        written += count;
    }
    used = 0;
    return 0;
}

static size_t receive(char *data, size_t size, size_t count, void *context)
{
    size_t left = size * count;

    (void)context;
    while (left > 0) {
        size_t take = left < GATHER - used ? left : GATHER - used;

        memcpy(gathered + used, data, take);
        used += take;
        data += take;
        left -= take;
        if (used == GATHER && flush() != 0)
            return 0;
    }
    return size * count;
}

int main(int argc, char **argv)
{
    CURLM *multi = curl_multi_init();
    CURL *easy = curl_easy_init();
    CURLMsg *message;
    int running = 1, left, failed;

    if (argc != 3 || !multi || !easy)
        return 2;
    file = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 512L * 1024);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
    curl_multi_add_handle(multi, easy);
    while (running && curl_multi_perform(multi, &running) == CURLM_OK) {
        if (running)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    message = curl_multi_info_read(multi, &left);
    failed = !message || message->data.result != CURLE_OK || flush() != 0 || close(file) != 0;
    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
    return failed;
}
