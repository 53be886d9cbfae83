/* SPDX-License-Identifier: MIT */
#include "display.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../common/platform.h"

#define MEASURE_MS    500  /* between two measurements of the speed */
#define PLAIN_LINE_MS 5000 /* between two plain lines of a transfer */
#define LINES_MAX     12   /* running transfers that are shown at a time */
#define TEXT_MAX      64

static unsigned lines_drawn;
static UINT64 plain_line_ms;

static const char *format_bytes(double bytes, char text[static TEXT_MAX])
{
    static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB" };
    size_t unit = 0;

    if (bytes < 1024) {
        snprintf(text, TEXT_MAX, "%.0f B", bytes);
        return text;
    }
    bytes /= 1024;
    while (bytes >= 1024 && unit + 1 < sizeof(units) / sizeof(units[0])) {
        bytes /= 1024;
        unit++;
    }
    snprintf(text, TEXT_MAX, "%.1f %s", bytes, units[unit]);
    return text;
}

static const char *format_seconds(double seconds, char text[static TEXT_MAX])
{
    unsigned long whole = seconds < 360000 ? (unsigned long)(seconds + 0.5) : 360000;

    if (whole >= 360000)
        snprintf(text, TEXT_MAX, "--:--");
    else if (whole >= 3600)
        snprintf(text, TEXT_MAX, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
    else
        snprintf(text, TEXT_MAX, "%lu:%02lu", whole / 60, whole % 60);
    return text;
}

/* The speed lately: each measurement counts for a third, so that the number is steady and still
 * follows. */
static void measure(struct transfer *transfer, UINT64 bytes)
{
    UINT64 now = GetTickCount64();
    UINT64 elapsed = now - transfer->measured_ms;
    double latest;

    if (elapsed < (transfer->speed > 0 ? MEASURE_MS : DISPLAY_INTERVAL_MS))
        return;
    latest = bytes > transfer->measured_bytes
                 ? (double)(bytes - transfer->measured_bytes) * 1000 / (double)elapsed
                 : 0;
    transfer->speed = transfer->speed > 0 ? (transfer->speed * 2 + latest) / 3 : latest;
    transfer->measured_ms = now;
    transfer->measured_bytes = bytes;
}

/* TotalBytesToReceive is 0 while it is not known. */
static unsigned percent_of(const BackgroundDownloadProgress *progress)
{
    return (unsigned)((double)progress->BytesReceived * 100 /
                      (double)progress->TotalBytesToReceive);
}

/* "12.3 MiB of 64.0 MiB, 5.1 MiB/s, 0:10 left" */
static void format_numbers(const struct transfer *transfer,
                           const BackgroundDownloadProgress *progress, char *text, size_t size)
{
    char received[TEXT_MAX], total[TEXT_MAX], speed[TEXT_MAX], left[TEXT_MAX];
    double missing = (double)(progress->TotalBytesToReceive - progress->BytesReceived);

    format_bytes((double)progress->BytesReceived, received);
    format_bytes(transfer->speed, speed);
    if (progress->Status == BackgroundTransferStatus_PausedByApplication)
        snprintf(text, size, "%s, paused", received);
    else if (progress->TotalBytesToReceive == 0)
        snprintf(text, size, "%s, %s/s", received, speed);
    else
        snprintf(text, size, "%s of %s, %s/s, %s left", received,
                 format_bytes((double)progress->TotalBytesToReceive, total), speed,
                 format_seconds(transfer->speed > 0 ? missing / transfer->speed : 1e9, left));
}

/* Prints at most `columns` characters of UTF-8 text, filled up with blanks if `fill`. */
static void print_columns(const char *text, unsigned columns, bool fill)
{
    unsigned used = 0;
    const char *end = text;

    while (*end && used < columns) {
        used++;
        do {
            end++;
        } while (((unsigned char)*end & 0xC0) == 0x80);
    }
    fwrite(text, 1, (size_t)(end - text), stdout);
    if (fill)
        printf("%*s", (int)(columns - used), "");
}

static void print_bar(unsigned percent, unsigned columns)
{
    unsigned inside = columns - 2;
    unsigned full = inside * percent / 100;

    putchar('[');
    for (unsigned i = 0; i < inside; i++)
        putchar(i < full ? '=' : i == full ? '>' : ' ');
    putchar(']');
}

/* "name  45 % [====>     ] numbers"; what does not fit goes: first the bar, then the end of the
 * numbers. */
static void draw_line(struct transfer *transfer, const BackgroundDownloadProgress *progress)
{
    unsigned columns = platform_columns() - 1;
    unsigned name = columns / 5 < 30 ? columns / 5 : 30;
    unsigned fixed = name + 8;
    unsigned bar, used;
    char numbers[4 * TEXT_MAX];

    format_numbers(transfer, progress, numbers, sizeof(numbers));
    used = fixed + 46; /* what numbers usually take, so that the bar keeps its length */
    bar = columns >= used + 10 ? columns - used : 0;
    if (bar > 50)
        bar = 50;
    print_columns(transfer->name, name, true);
    if (progress->TotalBytesToReceive > 0)
        printf("  %3u %% ", percent_of(progress));
    else
        printf("    ? %% ");
    if (bar > 0) {
        print_bar(progress->TotalBytesToReceive > 0 ? percent_of(progress) : 0, bar);
        putchar(' ');
        fixed += bar + 1;
    }
    if (columns > fixed)
        print_columns(numbers, columns - fixed, false);
    putchar('\n');
}

/* Back to the first of the lines that were drawn, and clear from there. */
static void erase_lines(void)
{
    if (lines_drawn > 0)
        platform_erase_lines(lines_drawn);
    lines_drawn = 0;
}

static void draw(struct transfer *transfers, size_t count)
{
    BackgroundDownloadProgress progress;
    size_t hidden = 0;

    erase_lines();
    for (size_t i = 0; i < count; i++) {
        if (transfers[i].finished)
            continue;
        transfer_poll(&transfers[i], &progress);
        if (progress.Status == BackgroundTransferStatus_Idle || lines_drawn >= LINES_MAX) {
            hidden++;
            continue;
        }
        draw_line(&transfers[i], &progress);
        lines_drawn++;
    }
    if (hidden > 0) {
        printf("%zu waiting\n", hidden);
        lines_drawn++;
    }
}

static void print_plain(struct transfer *transfers, size_t count)
{
    BackgroundDownloadProgress progress;
    char numbers[4 * TEXT_MAX];

    for (size_t i = 0; i < count; i++) {
        if (transfers[i].finished)
            continue;
        transfer_poll(&transfers[i], &progress);
        if (progress.Status != BackgroundTransferStatus_Running)
            continue;
        format_numbers(&transfers[i], &progress, numbers, sizeof(numbers));
        printf("%s: %s\n", transfers[i].name, numbers);
    }
}

void display_update(struct transfer *transfers, size_t count)
{
    BackgroundDownloadProgress progress;
    UINT64 now = GetTickCount64();

    for (size_t i = 0; i < count; i++) {
        if (!transfers[i].finished) {
            transfer_poll(&transfers[i], &progress);
            measure(&transfers[i], progress.BytesReceived);
        }
    }
    if (platform_is_terminal()) {
        draw(transfers, count);
    } else if (plain_line_ms == 0) {
        plain_line_ms = now;
    } else if (now - plain_line_ms >= PLAIN_LINE_MS) {
        plain_line_ms = now;
        print_plain(transfers, count);
    }
    fflush(stdout);
}

void display_finished(struct transfer *transfer)
{
    double seconds = (double)(transfer->finished_ms - transfer->started_ms) / 1000;
    double bytes = (double)transfer->progress.BytesReceived;
    char received[TEXT_MAX], time[TEXT_MAX], speed[TEXT_MAX];

    erase_lines();
    fflush(stdout);
    if (FAILED(transfer->result)) {
        fprintf(stderr, "download: %s: %s\n", transfer->shown ? transfer->shown : transfer->url,
                transfer->error);
        fflush(stderr);
        return;
    }
    if (seconds < 60)
        snprintf(time, sizeof(time), "%.1f s", seconds);
    else
        format_seconds(seconds, time);
    printf("%s: %s in %s, %s/s\n", transfer->name, format_bytes(bytes, received), time,
           format_bytes(seconds > 0 ? bytes / seconds : bytes * 1000, speed));
    fflush(stdout);
}
