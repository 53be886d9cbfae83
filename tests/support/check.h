/* SPDX-License-Identifier: MIT */
/*
 * Assertions about HRESULTs, references and strings. They name the caller's file and line, and
 * belong on the main thread: an assertion that fails on another thread ends the process without a
 * report.
 */
#ifndef WINRT_TEST_CHECK_H
#define WINRT_TEST_CHECK_H

#include <windows.h>
#include <hstring.h>

#define check_hresult(expected, expression) \
    check_hresult_at(expected, expression, #expression, __FILE__, __LINE__)
#define check_ok(expression) check_hresult(S_OK, expression)

/* `pointer` holds the last reference: Release answers 0. Sets it to NULL. */
#define check_last_release(pointer)                                   \
    do {                                                              \
        check_last_release_at(pointer, #pointer, __FILE__, __LINE__); \
        (pointer) = NULL;                                             \
    } while (0)

/*
 * The same, for what another thread may hold a moment longer: the one that called a handler gives
 * up its references (the operation's, and so its result's) when the handler has returned, and
 * nothing but the count tells when. The wait is at most TEST_WAIT_MS.
 */
#define check_last_release_soon(pointer)  \
    do {                                  \
        wait_for_last_reference(pointer); \
        check_last_release(pointer);      \
    } while (0)

/* Gives up one reference of several, or none if NULL, and sets the pointer to NULL. */
#define release_ref(pointer)      \
    do {                          \
        release_unknown(pointer); \
        (pointer) = NULL;         \
    } while (0)

/* How many references there are, as AddRef and Release tell. */
#define check_refcount(expected, pointer) \
    check_refcount_at(expected, pointer, #pointer, __FILE__, __LINE__)

/* The string has this UTF-8 text; deletes the string. */
#define check_string(expected, string) \
    check_string_at(expected, string, #string, __FILE__, __LINE__)

/* The pointers are interfaces of one object. */
#define check_same_object(one, other) check_same_object_at(one, other, __FILE__, __LINE__)

void check_hresult_at(HRESULT expected, HRESULT actual, const char *text, const char *file,
                      int line);
void wait_for_last_reference(void *unknown);
void check_last_release_at(void *unknown, const char *text, const char *file, int line);
void check_refcount_at(ULONG expected, void *unknown, const char *text, const char *file, int line);
void check_string_at(const char *expected, HSTRING string, const char *text, const char *file,
                     int line);
void check_same_object_at(void *one, void *other, const char *file, int line);
void release_unknown(void *unknown);

/* QueryInterface that must succeed; the caller's reference. */
void *query(void *unknown, REFIID iid);

#endif
