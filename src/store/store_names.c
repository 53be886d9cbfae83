/* SPDX-License-Identifier: MIT */
#include "store_names.h"

#include <stdio.h>
#include <string.h>

#include "download_values.h"
#include "src/port/memory.h"
#include "src/port/system.h"

_Static_assert(ID_KEY_SIZE == sizeof(KEY_DOWNLOADS "\\") - 1 + ID_TEXT_SIZE, "ID_KEY_SIZE");

enum port_status store_folders_init(struct store_folders *folders, const char *app)
{
    folders->app = memory_strdup(app);
    folders->transfers = memory_format("%s/transfers", app);
    folders->private = memory_format("%s/private", app);
    folders->requests = memory_format("%s/requests", app);
    return folders->app && folders->transfers && folders->private && folders->requests
               ? PORT_OK
               : PORT_NO_MEMORY;
}

void store_folders_free(struct store_folders *folders)
{
    memory_free(folders->app);
    memory_free(folders->transfers);
    memory_free(folders->private);
    memory_free(folders->requests);
}

enum port_status hive_name_make(char name[HIVE_NAME_SIZE])
{
    enum port_status status;
    uint64_t random;

    status = system_random(&random, sizeof(random));
    if (!status)
        snprintf(name, HIVE_NAME_SIZE, "%016llx", (unsigned long long)random);
    return status;
}

bool hive_name_parse(const char *text, const char *ending, bool open, char ret[HIVE_NAME_SIZE])
{
    size_t length = strlen(ending);

    if (strspn(text, "0123456789abcdef") != HIVE_DIGITS ||
        strncmp(text + HIVE_DIGITS, ending, length) || (!open && text[HIVE_DIGITS + length]))
        return false;
    memcpy(ret, text, HIVE_DIGITS);
    ret[HIVE_DIGITS] = 0;
    return true;
}

char *hive_name_path(const struct store_folders *folders, const char *name, const char *ending)
{
    return memory_format("%s/%s%s", folders->transfers, name, ending);
}

static char *put_hex(char *at, uint32_t value, unsigned digits)
{
    while (digits--)
        *at++ = "0123456789abcdef"[value >> (4 * digits) & 15];
    return at;
}

/* Several times for each download, so not by printf. */
void store_id_format(const struct store_id *id, char ret[ID_TEXT_SIZE])
{
    const uint8_t *bytes = id->bytes;
    uint16_t second, third;
    uint32_t first;
    char *at = ret;

    memcpy(&first, bytes, sizeof(first));
    memcpy(&second, bytes + 4, sizeof(second));
    memcpy(&third, bytes + 6, sizeof(third));
    *at++ = '{';
    at = put_hex(at, first, 8);
    *at++ = '-';
    at = put_hex(at, second, 4);
    *at++ = '-';
    at = put_hex(at, third, 4);
    for (size_t i = 8; i < sizeof(id->bytes); i++) {
        if (i == 8 || i == 10)
            *at++ = '-';
        at = put_hex(at, bytes[i], 2);
    }
    *at++ = '}';
    *at = 0;
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool store_id_parse(const char *text, struct store_id *ret, const char **ret_rest)
{
    static const char form[] = "{########-####-####-####-############}";
    uint8_t digits[32];
    size_t count = 0, i;
    uint16_t second, third;
    uint32_t first;

    for (i = 0; form[i]; i++) {
        int value = digit_value(text[i]);

        if (form[i] == '#' ? value < 0 : text[i] != form[i])
            return false;
        if (form[i] == '#')
            digits[count++] = (uint8_t)value;
    }
    *ret_rest = text + i;
    for (i = 0; i < sizeof(ret->bytes); i++)
        ret->bytes[i] = (uint8_t)(digits[2 * i] << 4 | digits[2 * i + 1]);
    /* What was read from the left is the most significant byte first. */
    first = (uint32_t)ret->bytes[0] << 24 | (uint32_t)ret->bytes[1] << 16 |
            (uint32_t)ret->bytes[2] << 8 | ret->bytes[3];
    second = (uint16_t)(ret->bytes[4] << 8 | ret->bytes[5]);
    third = (uint16_t)(ret->bytes[6] << 8 | ret->bytes[7]);
    memcpy(ret->bytes, &first, sizeof(first));
    memcpy(ret->bytes + 4, &second, sizeof(second));
    memcpy(ret->bytes + 6, &third, sizeof(third));
    return true;
}

void store_id_key(const struct store_id *id, char ret[ID_KEY_SIZE])
{
    memcpy(ret, KEY_DOWNLOADS "\\", sizeof(KEY_DOWNLOADS));
    store_id_format(id, ret + sizeof(KEY_DOWNLOADS));
}
