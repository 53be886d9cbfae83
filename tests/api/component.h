/* SPDX-License-Identifier: MIT */
/* A component as a library: what the runtime does when it activates a class of it. */
#ifndef WINRT_TEST_COMPONENT_H
#define WINRT_TEST_COMPONENT_H

/* The build's component of that name; a failure ends the test. */
void *component_load(const char *name);

/* An exported function, or NULL. */
void *component_function(void *component, const char *name);

void component_unload(void *component);

#endif
