/* SPDX-License-Identifier: MIT */
/* Streams: bytes of UTF-8, never wide ones, whatever is written and in whatever order. */
#include <windows.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include "wide_check.h"

#define FACE       L"\xD83D\xDE00"
#define FACE_BYTES "\xF0\x9F\x98\x80"

/* A file that test_scratch has, by its wide name. */
static const wchar_t *wide_path(const wchar_t *name)
{
    static wchar_t path[1024];

    swprintf(path, 1024, L"%S/%s", test_scratch(), name);
    return path;
}

static void check_file(const char *path, const char *expected)
{
    char text[256] = "";
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = 0;
    fclose(file);
    assert_string_equal(text, expected);
}

static int print_list(FILE *file, const wchar_t *format, ...)
{
    va_list args;
    int result;

    va_start(args, format);
    result = vfwprintf(file, format, args);
    va_end(args);
    return result;
}

static void wide_and_narrow_text_share_a_stream(void **state)
{
    FILE *file = fopen(test_path("mixed"), "w");

    (void)state;
    assert_int_equal(fwprintf(file, L"%s=%d\n", L"\x20AC", 5), 4);
    assert_int_equal(fprintf(file, "%s %S\n", "narrow", L"\xE9"), 10);
    assert_true(fputws(L"<" FACE L">\n", file) >= 0);
    assert_true(fputs("plain\n", file) >= 0);
    assert_int_equal(print_list(file, L"%S", "list"), 4);
    assert_int_equal(fclose(file), 0);
    check_file(test_path("mixed"),
               "\xE2\x82\xAC=5\nnarrow \xC3\xA9\n<" FACE_BYTES ">\nplain\nlist");
}

static void standard_output_gets_utf8(void **state)
{
    const wchar_t *path = wide_path(L"stdout");
    int saved = dup(1);

    (void)state;
    assert_non_null(_wfreopen(path, L"w", stdout));
    assert_int_equal(wprintf(L"%s\n", L"\x416"), 2);
    assert_true(_putws(L"caf\xE9") >= 0);
    assert_int_equal(putwchar(L'\x20AC'), L'\x20AC');
    assert_int_equal(printf(" %ls\n", L"\xFC"), 4);
    fflush(stdout);
    dup2(saved, 1);
    close(saved);
    check_file(test_path("stdout"), "\xD0\x96\ncaf\xC3\xA9\n\xE2\x82\xAC \xC3\xBC\n");
}

static void a_pair_may_be_written_in_halves(void **state)
{
    FILE *file = fopen(test_path("pair"), "w");
    const wchar_t text[] = L"a" FACE L"\xD83D"
                           L"b\xDE00";

    (void)state;
    for (size_t i = 0; text[i]; i++)
        assert_int_equal(fputwc(text[i], file), text[i]);
    fclose(file);
    check_file(test_path("pair"), "a" FACE_BYTES "\xEF\xBF\xBD"
                                  "b\xEF\xBF\xBD");
}

static void a_stream_that_cannot_be_written_says_so(void **state)
{
    FILE *file = fopen(test_path("read-only"), "w+");

    (void)state;
    file = freopen(test_path("read-only"), "r", file);
    assert_true(fwprintf(file, L"x") < 0);
    assert_int_equal(fputws(L"x", file), WEOF);
    assert_int_equal(fputwc(L'x', file), WEOF);
    fclose(file);
    assert_int_equal(fwprintf(NULL, L"x"), -1);
}

static void names_are_utf8(void **state)
{
    FILE *file = _wfopen(wide_path(L"f\xFCr-\x416-" FACE), L"wt");
    struct stat status;

    (void)state;
    assert_non_null(file);
    fwprintf(file, L"x");
    fclose(file);
    check_file(test_path("f\xC3\xBCr-\xD0\x96-" FACE_BYTES), "x");
    assert_int_equal(_waccess(wide_path(L"f\xFCr-\x416-" FACE), 4), 0);
    assert_int_equal(_wmkdir(wide_path(L"\xE9")), 0);
    assert_int_equal(stat(test_path("\xC3\xA9"), &status), 0);
    assert_int_equal(_wrmdir(wide_path(L"\xE9")), 0);
    assert_int_equal(_wremove(wide_path(L"f\xFCr-\x416-" FACE)), 0);
    assert_int_equal(_waccess(wide_path(L"f\xFCr-\x416-" FACE), 0), -1);
    assert_int_equal(errno, ENOENT);
}

static void a_rename_replaces_nothing(void **state)
{
    wchar_t to[1024];

    (void)state;
    fclose(fopen(test_path("one"), "w"));
    fclose(fopen(test_path("two"), "w"));
    wcscpy(to, wide_path(L"two"));
    assert_int_equal(_wrename(wide_path(L"one"), to), -1);
    assert_int_equal(errno, EEXIST);
    wcscat(to, L"-more");
    assert_int_equal(_wrename(wide_path(L"one"), to), 0);
    assert_int_equal(_waccess(to, 0), 0);
}

static void modes_of_microsoft_are_known(void **state)
{
    FILE *file = _wfopen(wide_path(L"modes"), L"w+bTN");

    (void)state;
    assert_non_null(file);
    assert_true(fcntl(fileno(file), F_GETFD) & FD_CLOEXEC);
    fclose(file);
    file = _wfopen(wide_path(L"modes"), L"a, ccs=UTF-8");
    assert_non_null(file);
    fclose(file);
    assert_null(_wfopen(wide_path(L"modes"), L"r, ccs=UTF-16LE"));
    assert_int_equal(errno, EINVAL);
    assert_null(_wfopen(wide_path(L"modes"), L"q"));
    assert_int_equal(errno, EINVAL);
    assert_null(_wfopen(wide_path(L"missing"), L"r"));
    assert_int_equal(errno, ENOENT);
    assert_null(_wfopen(NULL, L"r"));
    assert_null(_wfopen(L"\xD83D", L"w")); /* no name in UTF-8 */
    assert_int_equal(errno, EILSEQ);
    assert_int_equal(_wfopen_s(&file, wide_path(L"missing"), L"r"), ENOENT);
    assert_null(file);
}

static void lines_are_read(void **state)
{
    FILE *file = fopen(test_path("lines"), "w+");
    wchar_t line[16];

    (void)state;
    fputs("caf\xC3\xA9\n" FACE_BYTES "\n\xFF"
          "a\xE2\x82\nend",
          file);
    rewind(file);
    check_wide(L"caf\xE9\n", fgetws(line, 16, file));
    check_wide(FACE L"\n", fgetws(line, 16, file));
    check_wide(L"\xFFFD"
               L"a\xFFFD\n",
               fgetws(line, 16, file));
    check_wide(L"en", fgetws(line, 3, file));
    check_wide(L"d", fgetws(line, 3, file));
    assert_null(fgetws(line, 16, file));
    fclose(file);
}

static void characters_are_read_in_halves(void **state)
{
    FILE *file = fopen(test_path("characters"), "w+");
    wchar_t unit, line[2];

    (void)state;
    fputs("a" FACE_BYTES FACE_BYTES, file);
    rewind(file);
    assert_int_equal(getwc(file), L'a');
    assert_int_equal(getwc(file), 0xD83D);
    assert_int_equal(fgetwc(file), 0xDE00);
    check_wide(L"\xD83D", fgetws(line, 2, file));
    check_wide(L"\xDE00", fgetws(line, 2, file));
    unit = (wchar_t)getwc(file);
    assert_true(unit == WEOF);
    fclose(file);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(wide_and_narrow_text_share_a_stream),
    cmocka_unit_test(standard_output_gets_utf8),
    cmocka_unit_test(a_pair_may_be_written_in_halves),
    cmocka_unit_test(a_stream_that_cannot_be_written_says_so),
    cmocka_unit_test(names_are_utf8),
    cmocka_unit_test(a_rename_replaces_nothing),
    cmocka_unit_test(modes_of_microsoft_are_known),
    cmocka_unit_test(lines_are_read),
    cmocka_unit_test(characters_are_read_in_halves),
};
TEST_MAIN_UNIT(tests)
