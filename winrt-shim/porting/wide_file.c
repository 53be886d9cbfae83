/* SPDX-License-Identifier: MIT */
/* Files and folders by wide names. */
#include "winrt_porting_functions.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/port/memory.h"

#include "narrow.h"

#define MODE_SIZE 16

/* The letters of "fopen, _wfopen" (C runtime), and what the system calls them. Text is as bytes
 * here; the others are hints about caching and sharing. */
static const struct {
    char letter, native;
} mode_letters[] = {
    { 'r', 'r' }, { 'w', 'w' }, { 'a', 'a' }, { '+', '+' }, { 'b', 'b' },
    { 'x', 'x' }, { 'N', 'e' }, { 't', 0 },   { 'c', 0 },   { 'n', 0 },
    { 'S', 0 },   { 'R', 0 },   { 'T', 0 },   { 'D', 0 },   { ' ', 0 },
};

static bool add_letter(char mode[MODE_SIZE], winrt_wchar unit)
{
    size_t length = strlen(mode);

    for (size_t i = 0; i < sizeof(mode_letters) / sizeof(mode_letters[0]); i++) {
        if (unit != (unsigned char)mode_letters[i].letter)
            continue;
        if (length + 1 >= MODE_SIZE)
            return false;
        mode[length] = mode_letters[i].native;
        return true;
    }
    return false;
}

/* ", ccs=UTF-8" is what all streams are; another encoding is refused. */
static bool is_utf8(const winrt_wchar *encoding)
{

    while (*encoding == ' ')
        encoding++;
    return winrt_wcsicmp(encoding, u"ccs=UTF-8") == 0;
}

static bool native_mode(const winrt_wchar *text, char mode[MODE_SIZE])
{
    memset(mode, 0, MODE_SIZE);
    if (!text)
        return false;
    for (; *text && *text != ','; text++) {
        if (!add_letter(mode, *text))
            return false;
    }
    return !*text || is_utf8(text + 1);
}

/* `stream` is NULL to open another. */
static FILE *open_file(const winrt_wchar *path, const winrt_wchar *mode, FILE *stream)
{
    char native[MODE_SIZE];
    char *name;
    FILE *result;

    if (!native_mode(mode, native)) {
        errno = EINVAL;
        return NULL;
    }
    name = narrow_name(path);
    if (!name)
        return NULL;
    result = stream ? freopen(name, native, stream) : fopen(name, native);
    memory_free(name);
    return result;
}

FILE *winrt_wfopen(const winrt_wchar *path, const winrt_wchar *mode)
{
    return open_file(path, mode, NULL);
}

FILE *winrt_wfreopen(const winrt_wchar *path, const winrt_wchar *mode, FILE *stream)
{
    return open_file(path, mode, stream);
}

int winrt_wfopen_s(FILE **ret, const winrt_wchar *path, const winrt_wchar *mode)
{
    if (!ret)
        return EINVAL;
    *ret = open_file(path, mode, NULL);
    return *ret ? 0 : errno;
}

int winrt_wremove(const winrt_wchar *path)
{
    char *name = narrow_name(path);
    int result = name ? unlink(name) : -1;

    memory_free(name);
    return result;
}

int winrt_wrename(const winrt_wchar *from, const winrt_wchar *to)
{
    char *old_name = narrow_name(from), *new_name = narrow_name(to);
    int result = -1;

    if (old_name && new_name && access(new_name, F_OK) == 0)
        errno = EEXIST; /* Microsoft's never replaces */
    else if (old_name && new_name)
        result = rename(old_name, new_name);
    memory_free(new_name);
    memory_free(old_name);
    return result;
}

int winrt_waccess(const winrt_wchar *path, int mode)
{
    char *name = narrow_name(path);
    int result = name ? access(name, mode) : -1;

    memory_free(name);
    return result;
}

int winrt_wmkdir(const winrt_wchar *path)
{
    char *name = narrow_name(path);
    int result = name ? mkdir(name, 0777) : -1;

    memory_free(name);
    return result;
}

int winrt_wrmdir(const winrt_wchar *path)
{
    char *name = narrow_name(path);
    int result = name ? rmdir(name) : -1;

    memory_free(name);
    return result;
}
