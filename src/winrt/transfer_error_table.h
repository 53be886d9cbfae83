/* SPDX-License-Identifier: MIT */
/*
 * The one table between the engine's failures, the HRESULTs that clients get, and the
 * WebErrorStatus that BackgroundTransferError.GetStatus makes of those (page: WebErrorStatus Enum,
 * Windows.Web). Both directions.
 */
#ifndef WINRT_TRANSFER_ERROR_TABLE_H
#define WINRT_TRANSFER_ERROR_TABLE_H

#include <windows.h>
#include <windows.web.h>

#include "src/engine/transfer_error.h"

/* S_OK for TRANSFER_ERROR_NONE. */
HRESULT hresult_from_transfer_error(const struct transfer_error *error);

/* The two in one; WebErrorStatus_Unknown for TRANSFER_ERROR_NONE. */
WebErrorStatus web_error_status_from_transfer_error(const struct transfer_error *error);

/* WebErrorStatus_Unknown for what is not in the table: a failure that has nothing to do with the
 * web. */
WebErrorStatus web_error_status_from_hresult(HRESULT error);

/* What a cancelled transfer answers to those who read its body. */
#define HRESULT_CANCELLED ((HRESULT)0x800704C7) /* HRESULT_FROM_WIN32(ERROR_CANCELLED) */

#endif
