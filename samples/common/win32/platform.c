/* SPDX-License-Identifier: MIT */
#include "../platform.h"

#include <conio.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <shellapi.h>

#define OUTPUT_BUFFER 4096

static volatile LONG interrupted;
static bool watching_keys;
static UINT console_code_page; /* that it had before; 0: there is no console */

static WCHAR *wide_from_text(const char *text)
{
    int count = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    WCHAR *wide = count > 0 ? malloc((size_t)count * sizeof(*wide)) : NULL;

    if (wide)
        MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, count);
    return wide;
}

static char *text_from_wide(const WCHAR *wide)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = size > 0 ? malloc((size_t)size) : NULL;

    if (text)
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL);
    return text;
}

static HANDLE standard_output(void)
{
    return GetStdHandle(STD_OUTPUT_HANDLE);
}

static bool is_console(HANDLE handle)
{
    DWORD mode;

    return GetConsoleMode(handle, &mode);
}

/*
 * On a console the C library writes byte by byte what must stay together, so there is a buffer; and
 * in text mode Wine's takes each byte for a character of its own.
 */
static void prepare_stream(FILE *stream, HANDLE handle)
{
    if (is_console(handle))
        _setmode(_fileno(stream), _O_BINARY);
    setvbuf(stream, NULL, _IOFBF, OUTPUT_BUFFER);
}

/* A console takes bytes to be in its code page, which outlives the program. */
static void speak_utf8(void)
{
    console_code_page = GetConsoleOutputCP();
    SetConsoleOutputCP(CP_UTF8);
    prepare_stream(stdout, standard_output());
    prepare_stream(stderr, GetStdHandle(STD_ERROR_HANDLE));
}

/* What main is given is in the code page of old programs, and lacks what that one lacks. */
char **platform_start(int *argc, char **argv)
{
    WCHAR **wide = CommandLineToArgvW(GetCommandLineW(), argc);
    int count = 0;

    argv = wide ? calloc((size_t)*argc + 1, sizeof(*argv)) : NULL;
    while (argv && count < *argc && (argv[count] = text_from_wide(wide[count])) != NULL)
        count++;
    LocalFree(wide);
    speak_utf8();
    return argv && count == *argc ? argv : NULL;
}

void platform_end(void)
{
    fflush(NULL);
    if (console_code_page != 0)
        SetConsoleOutputCP(console_code_page);
}

bool platform_is_terminal(void)
{
    return is_console(standard_output());
}

unsigned platform_columns(void)
{
    CONSOLE_SCREEN_BUFFER_INFO info;

    if (!GetConsoleScreenBufferInfo(standard_output(), &info))
        return 80;
    return (unsigned)(info.srWindow.Right - info.srWindow.Left + 1);
}

/* Not every console understands the control sequences of terminals; Wine 8's does not. */
void platform_erase_lines(unsigned lines)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    COORD top = { 0, 0 };
    DWORD cells, written;

    fflush(stdout);
    if (!GetConsoleScreenBufferInfo(standard_output(), &info))
        return;
    if (info.dwCursorPosition.Y > (SHORT)lines)
        top.Y = (SHORT)(info.dwCursorPosition.Y - (SHORT)lines);
    cells = (DWORD)(info.dwCursorPosition.Y - top.Y + 1) * (DWORD)info.dwSize.X;
    FillConsoleOutputCharacterW(standard_output(), ' ', cells, top, &written);
    FillConsoleOutputAttribute(standard_output(), info.wAttributes, cells, top, &written);
    SetConsoleCursorPosition(standard_output(), top);
}

/* Called on a thread of its own. FALSE passes the event on, to the handler that ends the program.
 */
static BOOL WINAPI note_interrupt(DWORD event)
{
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
        return FALSE;
    return InterlockedExchange(&interrupted, 1) == 0;
}

void platform_watch_interrupt(void)
{
    SetConsoleCtrlHandler(note_interrupt, TRUE);
}

bool platform_interrupted(void)
{
    return interrupted != 0;
}

void platform_watch_keys(void)
{
    watching_keys = is_console(GetStdHandle(STD_INPUT_HANDLE));
}

char platform_key(void)
{
    return watching_keys && _kbhit() ? (char)_getch() : 0;
}

static bool is_folder(const WCHAR *path)
{
    DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

bool platform_is_folder(const char *path)
{
    WCHAR *wide = wide_from_text(path);
    bool folder = wide && is_folder(wide);

    free(wide);
    return folder;
}

/* "C:name" is a file in the current folder of drive C. */
const char *platform_file_name(const char *path)
{
    const char *name = path;

    for (const char *c = path; *c; c++) {
        if (*c == '/' || *c == '\\' || *c == ':')
            name = c + 1;
    }
    return name;
}

char *platform_full_path(const char *path)
{
    WCHAR *wide = wide_from_text(path);
    DWORD count = wide ? GetFullPathNameW(wide, 0, NULL, NULL) : 0;
    WCHAR *full = count > 0 ? malloc(count * sizeof(*full)) : NULL;
    char *text = NULL;

    if (full && GetFullPathNameW(wide, count, full, NULL) < count && is_folder(full))
        text = text_from_wide(full);
    free(full);
    free(wide);
    return text;
}
