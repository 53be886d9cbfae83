/* SPDX-License-Identifier: MIT */
/* The components in the folder TEST_COMPONENTS, which tests activate and load. */
#ifndef WINRT_TEST_COMPONENTS_H
#define WINRT_TEST_COMPONENTS_H

/* Makes them known to the runtime: by a variable of the environment natively, in the registry on
 * Windows. Their folder is searched by LoadLibrary as well, from now on in this process. */
void use_test_components(void);

/* Names by which LoadLibrary knows the component of WinRTTest.Sample then, ending with NULL. The
   first one is its path as GetModuleFileName tells it. */
const char *const *sample_names(void);

/* The file that is no library. */
extern const char broken_name[];

#endif
