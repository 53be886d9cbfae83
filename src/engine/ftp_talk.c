/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ftp_talk.h"

#define CODE_LENGTH 3
#define FILE_STATUS 213 /* the answer to SIZE and MDTM */

void ftp_talk_begin(struct ftp_talk *talk)
{
    *talk = (struct ftp_talk){ .command = FTP_COMMAND_OTHER };
}

void ftp_talk_sent(struct ftp_talk *talk, const char *line, size_t length)
{
    static const struct {
        char text[5];
        enum ftp_command command;
    } commands[] = {
        { "SIZE", FTP_COMMAND_SIZE },
        { "MDTM", FTP_COMMAND_MDTM },
        { "QUIT", FTP_COMMAND_QUIT },
    };

    talk->command = FTP_COMMAND_OTHER;
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
        if (length >= 4 && !memcmp(line, commands[i].text, 4))
            talk->command = commands[i].command;
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text, size_t length)
{
    size_t count = 0;

    while (count < length && is_digit(text[count]))
        count++;
    return count;
}

/* A number and nothing else, that a file can have. */
static void take_size(struct ftp_talk *talk, const char *text, size_t length)
{
    uint64_t size = 0;

    talk->wrong_size = true;
    if (count_digits(text, length) != length)
        return;
    for (size_t i = 0; i < length; i++) {
        if (size > (INT64_MAX - 9) / 10)
            return;
        size = size * 10 + (uint64_t)(text[i] - '0');
    }
    talk->wrong_size = false;
    talk->size = size;
    talk->has_size = true;
}

/* YYYYMMDDHHMMSS, perhaps with a fraction: only compared, so kept as it is. */
static void take_time(struct ftp_talk *talk, const char *text, size_t length)
{
    size_t whole = count_digits(text, length), end = whole;

    if (end < length && text[end] == '.')
        end += 1 + count_digits(text + end + 1, length - end - 1);
    if (whole != 14 || end != length || length >= sizeof(talk->time))
        return;
    memcpy(talk->time, text, length);
    talk->time[length] = 0;
}

void ftp_talk_received(struct ftp_talk *talk, const char *line, size_t length)
{
    while (length && strchr(" \t\r\n", line[length - 1]))
        length--;
    if (talk->command == FTP_COMMAND_QUIT) /* a goodbye tells nothing of how it went */
        return;
    /* Of a reply of several lines the last one counts, which has no dash. */
    if (length < CODE_LENGTH || count_digits(line, length) != CODE_LENGTH ||
        (length > CODE_LENGTH && line[CODE_LENGTH] != ' '))
        return;
    talk->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (talk->code != FILE_STATUS || length <= CODE_LENGTH + 1)
        return;
    line += CODE_LENGTH + 1;
    length -= CODE_LENGTH + 1;
    if (talk->command == FTP_COMMAND_SIZE)
        take_size(talk, line, length);
    if (talk->command == FTP_COMMAND_MDTM)
        take_time(talk, line, length);
}
