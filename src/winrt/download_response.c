/* SPDX-License-Identifier: MIT */
/* IBackgroundTransferOperation.GetResponseInformation of a download. */
#include "download_operation.h"

#include "response_information.h"

/* With a reference, if what the operation keeps is about `response`. */
static IResponseInformation *kept(struct download_operation *operation, struct response *response)
{
    IResponseInformation *information = NULL;

    download_operation_lock();
    if (operation->response == response) {
        information = operation->response_information;
        IResponseInformation_AddRef(information);
    }
    download_operation_unlock();
    return information;
}

/* Puts it in the place of the one before, unless another thread did that; *value is what is there
 * then. */
static void keep(struct download_operation *operation, struct response *response,
                 IResponseInformation *information, IResponseInformation **value)
{
    struct response *old_response = NULL;
    IResponseInformation *old = information;

    download_operation_lock();
    if (operation->response != response) {
        old = operation->response_information;
        old_response = operation->response;
        operation->response = response;
        response_addref(response);
        operation->response_information = information;
    }
    *value = operation->response_information;
    IResponseInformation_AddRef(*value);
    download_operation_unlock();
    if (old)
        IResponseInformation_Release(old);
    if (old_response)
        response_release(old_response);
}

HRESULT download_response_get(struct download_operation *operation, IResponseInformation **value)
{
    struct response *response = transfer_get_response(operation->transfer);
    IResponseInformation *made;
    HRESULT hr = S_OK;

    *value = NULL;
    if (!response)
        return S_OK;
    *value = kept(operation, response);
    if (!*value)
        hr = response_information_create(response, &made);
    if (!*value && SUCCEEDED(hr))
        keep(operation, response, made, value);
    response_release(response);
    return hr;
}
