/* SPDX-License-Identifier: MIT */
/* The methods that fuzz_calls calls, as rows: a client knows no more of a method than its slot. */
#ifndef WINRT_FUZZ_CALL_TABLE_H
#define WINRT_FUZZ_CALL_TABLE_H

#include <stddef.h>

#include <windows.h>

enum argument_kind {
    NO_ARGUMENT,
    IN_OBJECT, /* some object that has the interface `iid` */
    IN_STRING,
    IN_NUMBER,
    IN_SMALL,     /* a number for which memory is taken */
    IN_COMPLETED, /* a completed handler */
    IN_HANDLER,   /* another one, whose second parameter is a pointer */
    OUT_OBJECT,
    OUT_STRING,
    OUT_BYTES, /* a number or a struct */
};

#define ARGUMENTS 4

struct argument {
    enum argument_kind kind;
    const IID *iid;
};

struct call {
    const IID *iid;
    unsigned slot;
    struct argument arguments[ARGUMENTS];
};

extern const struct call calls[];
extern const size_t call_count;

/* Whether a method may answer so: what is documented, or stands in docs/errors.md. */
BOOL is_documented(HRESULT hr);

#endif
