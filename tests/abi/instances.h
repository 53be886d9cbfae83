/* SPDX-License-Identifier: MIT */
/* How to make an instance of a runtime class that RoActivateInstance cannot make. */
#ifndef WINRT_TESTS_ABI_INSTANCES_H
#define WINRT_TESTS_ABI_INSTANCES_H

#include <stdbool.h>

#include <windows.h>
#include <inspectable.h>

struct instance_maker {
    const char *class_name;
    void *(*make)(void); /* any interface of it, the caller's reference; a failure ends the test */
    bool shared;         /* others may hold references to it: the last Release need not be ours */
};

/* NULL if the table has none. */
const struct instance_maker *find_instance_maker(const char *class_name);

/* RoGetActivationFactory that must succeed. */
void *activation_factory(const char *class_name, REFIID iid);

#endif
