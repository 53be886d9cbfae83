/* SPDX-License-Identifier: MIT */
/*
 * Gathers a body into large writes. libcurl hands over at most 16 KiB at a time; 256 KiB before
 * each write halves the time of a large download (docs/performance.md). Engine's thread only.
 */
#ifndef WINRT_ENGINE_BODY_WRITER_H
#define WINRT_ENGINE_BODY_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "src/port/files.h"

struct body_writer {
    file_handle file; /* not owned */
    char *buffer;     /* made with the first byte, kept for the next body */
    size_t used;
    uint64_t offset; /* of what comes next; before it, everything is in the file */
};

void body_writer_init(struct body_writer *writer);
void body_writer_destroy(struct body_writer *writer);

/* Goes on at `offset` of the file. What an earlier body left unwritten is forgotten. */
void body_writer_begin(struct body_writer *writer, file_handle file, uint64_t offset);

/* PORT_NO_MEMORY, or as file_write_at. `offset` tells what was written. */
enum port_status body_writer_add(struct body_writer *writer, const void *data, size_t size);
enum port_status body_writer_flush(struct body_writer *writer);

#endif
