/* SPDX-License-Identifier: MIT */
/* OpenSSL reads files, and looks at everything but at who was revoked. */
#include "src/port/certificates.h"

#include <stddef.h>

enum port_status certificates_create(const char *file, const char *folder,
                                     struct certificates **ret)
{
    (void)file, (void)folder;
    *ret = NULL;
    return PORT_OK;
}

void certificates_destroy(struct certificates *certificates)
{
    (void)certificates;
}

const char *certificates_text(const struct certificates *certificates)
{
    (void)certificates;
    return NULL;
}

bool certificates_suit_server(const struct certificates *certificates, void *session)
{
    (void)certificates;
    return session;
}

bool certificates_can_be_revoked(void)
{
    return false;
}
