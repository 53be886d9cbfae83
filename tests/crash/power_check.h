/* SPDX-License-Identifier: MIT */
/* A store after a power cut, opened with the real code, and compared with the model. */
#ifndef WINRT_TEST_POWER_CHECK_H
#define WINRT_TEST_POWER_CHECK_H

#include "power_model.h"
#include "power_why.h"

/*
 * Opens the store on the disk in use, adopts, and looks at every thing; then the next process does
 * so again. `deep`: that one also writes, and what is left over must be gone then. False, and why.
 */
bool power_check_store(const struct power_model *model, bool deep, char why[POWER_WHY_SIZE]);

#endif
