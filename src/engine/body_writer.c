/* SPDX-License-Identifier: MIT */
/* Gathering a body into large writes. */
#include <string.h>

#include "body_writer.h"
#include "limits.h"
#include "src/port/memory.h"

void body_writer_init(struct body_writer *writer)
{
    *writer = (struct body_writer){ .file = FILE_HANDLE_NONE };
}

void body_writer_destroy(struct body_writer *writer)
{
    memory_free(writer->buffer);
    body_writer_init(writer);
}

void body_writer_begin(struct body_writer *writer, file_handle file, uint64_t offset)
{
    writer->file = file;
    writer->used = 0;
    writer->offset = offset;
}

enum port_status body_writer_flush(struct body_writer *writer)
{
    enum port_status status;

    if (!writer->used)
        return PORT_OK;
    status = file_write_at(writer->file, writer->offset, writer->buffer, writer->used);
    if (!status)
        writer->offset += writer->used;
    /* After a failure the rest must not be written behind the gap by a later flush. */
    writer->used = 0;
    return status;
}

enum port_status body_writer_add(struct body_writer *writer, const void *data, size_t size)
{
    const char *bytes = data;

    if (!writer->buffer) {
        writer->buffer = memory_alloc(BODY_BUFFER_SIZE);
        if (!writer->buffer)
            return PORT_NO_MEMORY;
    }
    while (size) {
        size_t room = BODY_BUFFER_SIZE - writer->used, part = size < room ? size : room;

        memcpy(writer->buffer + writer->used, bytes, part);
        writer->used += part;
        bytes += part;
        size -= part;
        if (writer->used == BODY_BUFFER_SIZE) {
            enum port_status status = body_writer_flush(writer);

            if (status)
                return status;
        }
    }
    return PORT_OK;
}
