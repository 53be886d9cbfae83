/* SPDX-License-Identifier: MIT */
#include "shown.h"

#include <string.h>

#include <winrt.backgroundtransfer.h>

#include "hstrings.h"
#include "listing.h"
#include "strings_ring.h"

int line_split(char *line, char **fields, int most)
{
    int count = 0;

    memset(fields, 0, (size_t)most * sizeof(*fields));
    line[strcspn(line, "\r\n")] = '\0';
    while (line && count < most - 1) {
        char *tab = strchr(line, '\t');

        fields[count++] = line;
        if (tab)
            *tab = '\0';
        line = tab ? tab + 1 : NULL;
    }
    return count;
}

const char *guid_text(IDownloadOperation *operation)
{
    GUID guid = guid_of(operation);

    return ring_format("{%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}", (unsigned)guid.Data1,
                       guid.Data2, guid.Data3, guid.Data4[0], guid.Data4[1], guid.Data4[2],
                       guid.Data4[3], guid.Data4[4], guid.Data4[5], guid.Data4[6], guid.Data4[7]);
}

const char *text_taken(HSTRING string)
{
    const char *text = string_text(string);

    string_delete(string);
    return text;
}

const char *path_text(IDownloadOperation *operation)
{
    IStorageFile *file = NULL;
    IStorageItem *item;
    HSTRING path = NULL;
    HRESULT hr = IDownloadOperation_get_ResultFile(operation, &file);

    if (FAILED(hr)) /* of an earlier process, and gone since */
        return ring_format("0x%08X", (unsigned)hr);
    if (!file)
        return "";
    item = query(file, &IID_IStorageItem);
    check_ok(IStorageItem_get_Path(item, &path));
    release_ref(item);
    release_ref(file);
    return text_taken(path);
}

const char *transfer_group_text(IDownloadOperation *operation)
{
    IDownloadOperation2 *second = query(operation, &IID_IDownloadOperation2);
    IBackgroundTransferGroup *group = NULL;
    HSTRING name = NULL;

    check_ok(IDownloadOperation2_get_TransferGroup(second, &group));
    if (group)
        check_ok(IBackgroundTransferGroup_get_Name(group, &name));
    release_ref(group);
    release_ref(second);
    return text_taken(name);
}

const char *tag_text(IDownloadOperation *operation)
{
    IDownloadOperationDetails *details = query(operation, &IID_IDownloadOperationDetails);
    HSTRING tag = NULL;

    check_ok(IDownloadOperationDetails_get_Tag(details, &tag));
    release_ref(details);
    return text_taken(tag);
}

unsigned response_status(IDownloadOperation *operation)
{
    IResponseInformation *information = response_of(operation);

    if (!information)
        return 0;
    release_ref(information);
    return status_code_of(operation);
}

int current_error(IDownloadOperation *operation)
{
    IDownloadOperation3 *third = query(operation, &IID_IDownloadOperation3);
    IReference_WebErrorStatus *reference = NULL;
    WebErrorStatus status = (WebErrorStatus)-1;

    check_ok(IDownloadOperation3_get_CurrentWebErrorStatus(third, &reference));
    if (reference)
        check_ok(IReference_WebErrorStatus_get_Value(reference, &status));
    release_ref(reference);
    release_ref(third);
    return (int)status;
}
