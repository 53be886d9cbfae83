/* SPDX-License-Identifier: MIT */
#include "process_use.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Entries of a folder, but for "." and "..". */
static unsigned count_entries(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    unsigned count = 0;

    while (folder && (entry = readdir(folder)))
        count += entry->d_name[0] != '.';
    if (folder)
        closedir(folder);
    return count;
}

struct process_use process_use(void)
{
    struct process_use use = { 0 };
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long size = 0, resident = 0;

    if (file && fscanf(file, "%lu %lu", &size, &resident) == 2)
        use.resident = (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
    if (file)
        fclose(file);
    use.descriptors = count_entries("/proc/self/fd");
    use.threads = count_entries("/proc/self/task");
    return use;
}

uint64_t folder_use(const char *path, unsigned *ret_files)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    uint64_t total = 0;
    struct stat info;
    char name[4096];

    while (folder && (entry = readdir(folder))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
        if (lstat(name, &info))
            continue; /* gone meanwhile */
        if (S_ISDIR(info.st_mode)) {
            total += folder_use(name, ret_files);
        } else {
            total += (uint64_t)info.st_blocks * 512;
            ++*ret_files;
        }
    }
    if (folder)
        closedir(folder);
    return total;
}
