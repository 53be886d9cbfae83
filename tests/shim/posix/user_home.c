/* SPDX-License-Identifier: MIT */
#include "../user_home.h"

#include <stddef.h>

#include "tests/support/environment.h"
#include "tests/support/test_main.h"

void use_home(void)
{
    static const char *const unset[] = {
        "XDG_MUSIC_DIR",   "XDG_PICTURES_DIR",  "XDG_VIDEOS_DIR",
        "XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR", "XDG_DOWNLOAD_DIR"
    };

    for (size_t i = 0; i < sizeof(unset) / sizeof(unset[0]); i++)
        test_setenv(unset[i], NULL);
    test_setenv("HOME", test_scratch());
}
