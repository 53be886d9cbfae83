/* SPDX-License-Identifier: MIT */
#ifndef WINRT_TRANSFERS_PROBLEMS_H
#define WINRT_TRANSFERS_PROBLEMS_H

#include "apps.h"

/* Tells by out_error which hives of the app cannot be read, or not wholly. */
void problems_tell(const struct app *app);

#endif
