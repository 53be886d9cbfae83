/* SPDX-License-Identifier: MIT */
/*
 * What is said on the control connection of ftp, overheard: the commands that libcurl sends and the
 * server's replies. Pure. RFC 959, RFC 3659. docs/ftp.md
 */
#ifndef WINRT_ENGINE_FTP_TALK_H
#define WINRT_ENGINE_FTP_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ftp_command {
    FTP_COMMAND_OTHER,
    FTP_COMMAND_SIZE,
    FTP_COMMAND_MDTM,
    FTP_COMMAND_QUIT,
};

struct ftp_talk {
    enum ftp_command command; /* the latest */
    int code;                 /* of the latest reply before QUIT, 0: none yet */
    bool has_size;            /* the server has told it */
    bool wrong_size;          /* it has told something else, of which libcurl takes the digits */
    uint64_t size;
    char time[32]; /* of the file's last change, as the server has it; "" if it did not say */
};

void ftp_talk_begin(struct ftp_talk *talk);

/* One line, with or without its end. */
void ftp_talk_sent(struct ftp_talk *talk, const char *line, size_t length);
void ftp_talk_received(struct ftp_talk *talk, const char *line, size_t length);

#endif
