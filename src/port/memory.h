/* SPDX-License-Identifier: MIT */
/*
 * The memory seam: every allocation of the project goes through here, so that a test can count
 * and fail each of them. All functions may be called from any thread.
 */
#ifndef WINRT_PORT_MEMORY_H
#define WINRT_PORT_MEMORY_H

#include <stddef.h>

#include <native_format.h>

/* The real implementation is malloc, realloc and free. */
struct memory_ops {
    void *(*allocate)(size_t size);
    void *(*resize)(void *block, size_t size);
    void (*release)(void *block);
};

/*
 * Puts another implementation in place and returns the one before; NULL restores the real one.
 * For tests, before the first other call: a block must be released where it came from.
 */
const struct memory_ops *memory_set_ops(const struct memory_ops *ops);

/* Uninitialised, zeroed, resized. NULL when there is none; a size of 0 allocates 1 byte. */
void *memory_alloc(size_t size) __attribute__((malloc, warn_unused_result));
void *memory_zalloc(size_t size) __attribute__((malloc, warn_unused_result));
void *memory_resize(void *block, size_t size) __attribute__((warn_unused_result));

/* As memory_zalloc(count * size), NULL if the product overflows. */
void *memory_zalloc_array(size_t count, size_t size) __attribute__((warn_unused_result));

/* Copies that the caller frees; a NULL source gives NULL. */
char *memory_strdup(const char *text) __attribute__((warn_unused_result));
char *memory_strndup(const char *text, size_t length) __attribute__((warn_unused_result));
void *memory_dup(const void *block, size_t size) __attribute__((warn_unused_result));

/* NULL is fine. */
void memory_free(void *block);

/* The same for a password: overwritten first, so that it does not linger in memory. */
void memory_free_secret(char *text);
void memory_free_secret_block(void *block, size_t size);

/* printf into a new string that the caller frees; NULL when there is no memory. */
char *memory_format(const char *format, ...)
    __attribute__((format(NATIVE_PRINTF, 1, 2), warn_unused_result));

/* All these strings one after the other, likewise: a tenth of the cost of "%s%s". The array ends
 * with NULL. */
#define memory_join(...) memory_join_all((const char *const[]){ __VA_ARGS__, NULL })
char *memory_join_all(const char *const *texts) __attribute__((warn_unused_result));

#endif
