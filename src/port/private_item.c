/* SPDX-License-Identifier: MIT */
#include "private_item.h"

#include "files.h"

enum port_status private_item_make_folder(const char *path)
{
    enum port_status status = file_make_folders(path, true);

    return status ? status : private_item_check_root(path);
}
