/* SPDX-License-Identifier: MIT */
#include "content_types.h"

#include <stdlib.h>

/* Registered types of the formats that people download and upload. Sorted by extension. */
static const struct content_type {
    const char *extension;
    const WCHAR *type;
} table[] = {
    { ".3gp", u"video/3gpp" },
    { ".7z", u"application/x-7z-compressed" },
    { ".aac", u"audio/aac" },
    { ".apk", u"application/vnd.android.package-archive" },
    { ".avi", u"video/x-msvideo" },
    { ".avif", u"image/avif" },
    { ".bmp", u"image/bmp" },
    { ".bz2", u"application/x-bzip2" },
    { ".css", u"text/css" },
    { ".csv", u"text/csv" },
    { ".deb", u"application/vnd.debian.binary-package" },
    { ".doc", u"application/msword" },
    { ".docx", u"application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { ".epub", u"application/epub+zip" },
    { ".exe", u"application/x-msdownload" },
    { ".flac", u"audio/flac" },
    { ".gif", u"image/gif" },
    { ".gz", u"application/gzip" },
    { ".heic", u"image/heic" },
    { ".htm", u"text/html" },
    { ".html", u"text/html" },
    { ".ico", u"image/vnd.microsoft.icon" },
    { ".ics", u"text/calendar" },
    { ".iso", u"application/x-iso9660-image" },
    { ".jpeg", u"image/jpeg" },
    { ".jpg", u"image/jpeg" },
    { ".js", u"text/javascript" },
    { ".json", u"application/json" },
    { ".m4a", u"audio/mp4" },
    { ".m4v", u"video/mp4" },
    { ".md", u"text/markdown" },
    { ".mid", u"audio/midi" },
    { ".mkv", u"video/x-matroska" },
    { ".mov", u"video/quicktime" },
    { ".mp3", u"audio/mpeg" },
    { ".mp4", u"video/mp4" },
    { ".mpeg", u"video/mpeg" },
    { ".mpg", u"video/mpeg" },
    { ".odp", u"application/vnd.oasis.opendocument.presentation" },
    { ".ods", u"application/vnd.oasis.opendocument.spreadsheet" },
    { ".odt", u"application/vnd.oasis.opendocument.text" },
    { ".oga", u"audio/ogg" },
    { ".ogg", u"audio/ogg" },
    { ".ogv", u"video/ogg" },
    { ".opus", u"audio/ogg" },
    { ".otf", u"font/otf" },
    { ".pdf", u"application/pdf" },
    { ".png", u"image/png" },
    { ".ppt", u"application/vnd.ms-powerpoint" },
    { ".pptx", u"application/vnd.openxmlformats-officedocument.presentationml.presentation" },
    { ".rar", u"application/vnd.rar" },
    { ".rtf", u"application/rtf" },
    { ".svg", u"image/svg+xml" },
    { ".tar", u"application/x-tar" },
    { ".tif", u"image/tiff" },
    { ".tiff", u"image/tiff" },
    { ".ttf", u"font/ttf" },
    { ".txt", u"text/plain" },
    { ".vcf", u"text/vcard" },
    { ".wasm", u"application/wasm" },
    { ".wav", u"audio/wav" },
    { ".webm", u"video/webm" },
    { ".webp", u"image/webp" },
    { ".wma", u"audio/x-ms-wma" },
    { ".wmv", u"video/x-ms-wmv" },
    { ".woff", u"font/woff" },
    { ".woff2", u"font/woff2" },
    { ".xhtml", u"application/xhtml+xml" },
    { ".xls", u"application/vnd.ms-excel" },
    { ".xlsx", u"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { ".xml", u"application/xml" },
    { ".xz", u"application/x-xz" },
    { ".zip", u"application/zip" },
    { ".zst", u"application/zstd" },
};

/* Of ASCII alone, whatever the program's locale. */
static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static int compare(const void *extension, const void *entry)
{
    const char *one = extension, *other = ((const struct content_type *)entry)->extension;

    for (; *one && lower(*one) == *other; one++)
        other++;
    return (unsigned char)lower(*one) - (unsigned char)*other;
}

const WCHAR *content_type_of_extension(const char *extension)
{
    const struct content_type *found =
        bsearch(extension, table, sizeof(table) / sizeof(table[0]), sizeof(table[0]), compare);

    return found ? found->type : u"application/octet-stream";
}
