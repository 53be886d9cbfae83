/* SPDX-License-Identifier: MIT */
/*
 * The shape of what generate.py makes of the tables. All arrays end with an entry whose name is
 * NULL.
 */
#ifndef WINRT_TESTS_ABI_TABLES_H
#define WINRT_TESTS_ABI_TABLES_H

#include <stddef.h>

#include <windows.h>

#include <inspectable.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An identifier: what the headers define, and the text it must have ("c1c79333-6649-..."). */
struct abi_iid {
    const char *name;
    const IID *iid;
    const char *text;
};

/* A RuntimeClass_ constant with its size in bytes, and the text it must have. */
struct abi_class_name {
    const char *name;
    const WCHAR *text;
    size_t size;
    const char *expected;
};

/* A call through a COBJMACROS macro of a stub that answers its own slot. */
struct abi_call {
    const char *name;
    HRESULT (*call)(void);
    HRESULT slot;
};

/* The slot of a C++ virtual function, and the slot it must have. */
struct abi_slot {
    const char *name;
    size_t slot;
    size_t expected;
};

/* A runtime class; the lists end with NULL and hold what the project declares of classes.tsv. */
struct abi_class {
    const char *name;
    const IID *const *interfaces; /* of an instance, the default one first */
    const IID *const *factories;  /* of the activation factory: factories and statics */
    int activatable;              /* by RoActivateInstance */
    int has_factory;
};

/* What a call gave besides its HRESULT. */
struct abi_outcome {
    IUnknown *result; /* the caller's reference, or NULL */
    int dirty;        /* it failed, and left an out pointer as it was */
};

/* A method that can be called with zeros for what goes in. */
struct abi_method {
    const char *interface_name;
    const char *method;
    const IID *iid;
    int async;       /* the result is an asynchronous object: 1 without, 2 with progress */
    int missing;     /* it answers E_NOTIMPL for now */
    int pointers_in; /* some of what goes in are pointers */
    HRESULT (*call)(void *self, struct abi_outcome *outcome);
    HRESULT (*call_null)(void *self); /* with NULL for what comes out; NULL if nothing does */
};

extern const struct abi_iid abi_interface_iids[];
extern const struct abi_iid abi_generic_iids[];
extern const struct abi_iid abi_c_name_iids[];
extern const struct abi_iid abi_cxx_iids[];
extern const struct abi_class_name abi_class_names[];
extern const struct abi_class_name abi_c_class_names[];
extern const struct abi_call abi_interface_calls[];
extern const struct abi_call abi_generic_calls[];
extern const struct abi_slot abi_cxx_slots[];
extern const struct abi_class abi_classes[];
extern const char *const abi_missing_classes[];
extern const struct abi_method abi_methods[];

#ifdef __cplusplus
}
#endif

#endif
