/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct memory_ops real_ops = { malloc, realloc, free };

static const struct memory_ops *current_ops = &real_ops;

const struct memory_ops *memory_set_ops(const struct memory_ops *ops)
{
    const struct memory_ops *before = current_ops;

    current_ops = ops ? ops : &real_ops;
    return before;
}

void *memory_alloc(size_t size)
{
    return current_ops->allocate(size ? size : 1);
}

void *memory_zalloc(size_t size)
{
    void *block = memory_alloc(size);

    if (block)
        memset(block, 0, size);
    return block;
}

void *memory_resize(void *block, size_t size)
{
    return current_ops->resize(block, size ? size : 1);
}

void *memory_zalloc_array(size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    return memory_zalloc(total);
}

char *memory_strdup(const char *text)
{
    return text ? memory_strndup(text, strlen(text)) : NULL;
}

char *memory_strndup(const char *text, size_t length)
{
    char *copy;

    if (!text)
        return NULL;
    copy = memory_alloc(length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

void *memory_dup(const void *block, size_t size)
{
    void *copy;

    if (!block)
        return NULL;
    copy = memory_alloc(size);
    if (copy)
        memcpy(copy, block, size);
    return copy;
}

void memory_free(void *block)
{
    if (block)
        current_ops->release(block);
}

void memory_free_secret(char *text)
{
    memory_free_secret_block(text, text ? strlen(text) : 0);
}

void memory_free_secret_block(void *block, size_t size)
{
    if (!block)
        return;
    memset(block, 0, size);
    __asm__ volatile("" : : "r"(block) : "memory"); /* else what nobody reads is not written */
    memory_free(block);
}

char *memory_format(const char *format, ...)
{
    va_list arguments, again;
    char *text = NULL;
    char most[256]; /* of what is formatted fits: then once is enough */
    int length;

    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(most, sizeof(most), format, arguments);
    if (length >= 0 && (size_t)length < sizeof(most))
        text = memory_dup(most, (size_t)length + 1);
    else if (length >= 0 && (text = memory_alloc((size_t)length + 1)))
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

char *memory_join_all(const char *const *texts)
{
    size_t size = 1, used = 0;
    char *joined;

    for (size_t i = 0; texts[i]; i++)
        size += strlen(texts[i]);
    joined = memory_alloc(size);
    if (!joined)
        return NULL;
    for (size_t i = 0; texts[i]; i++) {
        size_t length = strlen(texts[i]);

        memcpy(joined + used, texts[i], length);
        used += length;
    }
    joined[used] = 0;
    return joined;
}
