/* SPDX-License-Identifier: MIT */
/*
 * Collecting the certificates of authorities in a store. What is not there, cannot be read or is
 * not valid now is left out, and so trusted by nobody. PORT_NO_MEMORY
 */
#ifndef WINRT_PORT_WIN32_CERTIFICATE_ROOTS_H
#define WINRT_PORT_WIN32_CERTIFICATE_ROOTS_H

#include <windows.h>

#include <wincrypt.h>

#include "src/port/status.h"

/* The user's, among which the system shows the machine's as well. */
enum port_status certificate_roots_add_system(HCERTSTORE roots);

/* certificates.h says which. */
enum port_status certificate_roots_add_file(HCERTSTORE roots, const char *file);
enum port_status certificate_roots_add_folder(HCERTSTORE roots, const char *folder);

#endif
