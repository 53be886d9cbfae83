/* SPDX-License-Identifier: MIT */
/*
 * Objects of the runtime's classes that this component makes for its clients. By activation: the
 * system's class on Windows, the shim's elsewhere. No lock may be held: these call foreign code.
 */
#ifndef WINRT_ACTIVATION_H
#define WINRT_ACTIVATION_H

#include <windows.h>
#include <windows.foundation.h>
#include <windows.storage.h>

/* A Windows.Foundation.Uri of what servers call a URL. */
HRESULT activate_uri(const char *url, IUriRuntimeClass **ret);

/* A Windows.Foundation.Deferral that calls `handler` when it is completed. */
HRESULT activate_deferral(IDeferralCompletedHandler *handler, IDeferral **ret);

/*
 * The Windows.Storage.StorageFile of a path of ours (src/port/paths.h); what
 * StorageFile.GetFileFromPathAsync fails with if it is not there. Waits for that, on the calling
 * thread and without a message pump: nothing that the file system does needs one.
 */
HRESULT activate_file(const char *path, IStorageFile **ret);

#endif
