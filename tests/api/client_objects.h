/* SPDX-License-Identifier: MIT */
/*
 * Objects of the client's own, as arguments: what the component does with a Uri, a file or a stream
 * that is not the runtime's. Each counts its references; what is created has one.
 */
#ifndef WINRT_TEST_CLIENT_OBJECTS_H
#define WINRT_TEST_CLIENT_OBJECTS_H

#include <stdint.h>

#include <windows.h>
#include <windows.foundation.h>
#include <windows.storage.h>

/* Implements IUriRuntimeClass alone: no canonical form. `scheme`, `host` and `text` live as long as
 * it does. */
IUriRuntimeClass *client_uri_new(const char *scheme, const char *host, const char *text);

/* IStorageFile and IStorageItem; only Path answers: `path`, which is as test_path's, as an item's.
 */
IStorageFile *client_file_new(const char *path);

/*
 * An IInputStream of `size` bytes of the pattern, at most `block` a read. `failure` is what the
 * read after the last byte ends with instead of the end of the stream, S_OK for none. Reads end at
 * once, or, after client_stream_hold, when they are cancelled.
 */
IInputStream *client_stream_new(uint64_t size, uint32_t block, HRESULT failure);
void client_stream_hold(IInputStream *stream);

#endif
