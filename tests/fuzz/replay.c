/* SPDX-License-Identifier: MIT */
/* The main of a fuzz target without libFuzzer: each file of the folders that are its arguments is
 * an input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "src/port/files.h"
#include "src/port/memory.h"

#define INPUT_MOST (1u << 20)

static unsigned replayed;

static void replay(const char *path)
{
    uint8_t *copy;
    size_t size;
    void *bytes;

    if (file_load(path, INPUT_MOST, &bytes, &size)) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(2);
    }
    /* Of its own size, so that a sanitizer sees a byte too far. */
    copy = malloc(size ? size : 1);
    if (!copy)
        exit(2);
    memcpy(copy, bytes, size);
    memory_free(bytes);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    replayed++;
}

static bool visit(void *context, const char *name, enum file_kind kind)
{
    char path[4096];

    if (kind != FILE_KIND_FILE)
        return true;
    snprintf(path, sizeof(path), "%s/%s", (const char *)context, name);
    printf("%s\n", name);
    fflush(stdout);
    replay(path);
    return true;
}

int main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        if (file_visit(argv[i], visit, argv[i])) {
            fprintf(stderr, "%s cannot be visited\n", argv[i]);
            return 2;
        }
    }
    printf("%u inputs\n", replayed);
    return replayed ? 0 : 2;
}
