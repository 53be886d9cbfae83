/* SPDX-License-Identifier: MIT */
/*
 * download: a command-line downloader on Windows.Networking.BackgroundTransfer, in plain C, and the
 * model of a program that is written for that API. It uses what Microsoft documents and nothing
 * else, so the same files are a Windows program.
 *
 * Where to read on: transfer.c makes, starts, watches and cancels downloads. In ../common,
 * runtime.c activates classes and waits for operations; handlers.c is how a delegate is written in
 * C; text.c goes between UTF-8 and HSTRING; names.h gives the long names of the headers short ones.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "display.h"

#include "groups.h"
#include "leftovers.h"
#include "options.h"
#include "../common/platform.h"
#include "../common/runtime.h"
#include "report.h"
#include "target.h"
#include "../common/text.h"
#include "transfer.h"

/* "Name: value" */
static HRESULT set_header(IBackgroundTransferBase *base, const char *header)
{
    const char *colon = strchr(header, ':');
    const char *text = colon + 1 + strspn(colon + 1, " \t");
    HSTRING name = NULL, value = NULL;
    HRESULT hr;

    hr = string_from_part(header, (size_t)(colon - header), &name);
    if (SUCCEEDED(hr))
        hr = string_from_text(text, &value);
    if (SUCCEEDED(hr))
        hr = base->lpVtbl->SetRequestHeader(base, name, value);
    WindowsDeleteString(value);
    WindowsDeleteString(name);
    if (FAILED(hr))
        report_failure(header, hr);
    return hr;
}

/* Headers, credentials and the like are set on the downloader, before it creates operations. */
static HRESULT set_headers(IBackgroundDownloader *downloader, const struct options *options)
{
    IBackgroundTransferBase *base = NULL;
    HRESULT hr;

    hr = downloader->lpVtbl->QueryInterface(downloader, &IID_IBackgroundTransferBase,
                                            (void **)&base);
    for (size_t i = 0; SUCCEEDED(hr) && i < options->header_count; i++)
        hr = set_header(base, options->headers[i]);
    RELEASE(base);
    return hr;
}

/* new BackgroundDownloader() */
static HRESULT create_downloader(IBackgroundDownloader **downloader)
{
    IInspectable *instance = NULL;
    IActivationFactory *factory = NULL;
    HRESULT hr;

    hr = get_factory(RuntimeClass_Windows_Networking_BackgroundTransfer_BackgroundDownloader,
                     &IID_IActivationFactory, (void **)&factory);
    if (SUCCEEDED(hr))
        hr = factory->lpVtbl->ActivateInstance(factory, &instance);
    if (SUCCEEDED(hr))
        hr = instance->lpVtbl->QueryInterface(instance, &IID_IBackgroundDownloader,
                                              (void **)downloader);
    RELEASE(instance);
    RELEASE(factory);
    if (FAILED(hr))
        report_failure("cannot make a BackgroundDownloader", hr);
    return hr;
}

/* Takes the outcome of every transfer that has ended since the last call. Returns how many are
 * still running. */
static size_t collect_ended(struct transfer *transfers, size_t count, bool *failed)
{
    BackgroundDownloadProgress progress;
    size_t running = 0;

    for (size_t i = 0; i < count; i++) {
        if (transfers[i].finished)
            continue;
        if (!transfer_poll(&transfers[i], &progress)) {
            running++;
            continue;
        }
        transfer_finish(&transfers[i]);
        *failed = *failed || FAILED(transfers[i].result);
        if (SUCCEEDED(transfers[i].result) || !platform_interrupted())
            display_finished(&transfers[i]);
    }
    return running;
}

/* p: all pause, or all go on. False for q. */
static bool obey_keys(struct transfer *transfers, size_t count)
{
    static bool paused;
    char key;

    while ((key = platform_key()) != 0) {
        if (key == 'q')
            return false;
        if (key != 'p')
            continue;
        paused = !paused;
        for (size_t i = 0; i < count; i++)
            transfer_pause(&transfers[i], paused);
    }
    return true;
}

/* Until all have ended. Ctrl-C cancels them; then they end soon. */
static int wait_for_all(struct transfer *transfers, size_t count, HANDLE changed)
{
    bool failed = false, cancelled = false;

    while (collect_ended(transfers, count, &failed) > 0) {
        display_update(transfers, count);
        if (!obey_keys(transfers, count))
            return EXIT_LEFT;
        WaitForSingleObject(changed, DISPLAY_INTERVAL_MS);
        if (platform_interrupted() && !cancelled) {
            for (size_t i = 0; i < count; i++)
                transfer_cancel(&transfers[i]);
            cancelled = true;
        }
    }
    if (cancelled) {
        fprintf(stderr, "download: cancelled\n");
        return EXIT_INTERRUPTED;
    }
    return failed ? EXIT_SOME_FAILED : EXIT_ALL_DONE;
}

static void begin_all(struct transfer *transfers, HANDLE changed, IBackgroundDownloader *downloader,
                      const struct options *options, const struct target *target,
                      const struct leftovers *leftovers)
{
    struct transfer *transfer = transfers;

    for (UINT32 i = 0; i < leftovers->count; i++, transfer++) {
        transfer->changed = changed;
        transfer_go_on(transfer, leftovers->operations[i]);
    }
    for (size_t i = 0; i < options->url_count; i++, transfer++) {
        transfer->url = options->urls[i];
        transfer->priority = options->priority;
        transfer->changed = changed;
        transfer_start(transfer, downloader, target);
    }
}

static int download_all(IBackgroundDownloader *downloader, const struct options *options,
                        const struct target *target, const struct leftovers *leftovers)
{
    size_t count = leftovers->count + options->url_count;
    struct transfer *transfers = calloc(count ? count : 1, sizeof(*transfers));
    HANDLE changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    int code = EXIT_SOME_FAILED;

    if (transfers && changed) {
        platform_watch_interrupt();
        platform_watch_keys();
        begin_all(transfers, changed, downloader, options, target, leftovers);
        code = wait_for_all(transfers, count, changed);
    }
    if (code == EXIT_LEFT) /* handlers may still be called: the process ends with all of it */
        return code;
    for (size_t i = 0; transfers && i < count; i++)
        transfer_close(&transfers[i]);
    if (changed)
        CloseHandle(changed);
    free(transfers);
    return code;
}

static int run(const struct options *options)
{
    IBackgroundDownloader *downloader = NULL;
    IBackgroundTransferGroup *group = NULL;
    struct leftovers leftovers = { 0 };
    struct target target = { 0 };
    int code = EXIT_BAD_USAGE;
    HRESULT hr;

    hr = create_downloader(&downloader);
    if (SUCCEEDED(hr))
        hr = set_headers(downloader, options);
    if (SUCCEEDED(hr) && options->group)
        hr = group_open(options->group, options->serialized, downloader, &group);
    if (SUCCEEDED(hr))
        hr = target_open(options->output, options->url_count, &target);
    if (SUCCEEDED(hr) && options->resume)
        hr = leftovers_find(group, &leftovers);
    if (SUCCEEDED(hr))
        code = download_all(downloader, options, &target, &leftovers);
    leftovers_free(&leftovers);
    target_close(&target);
    RELEASE(group);
    RELEASE(downloader);
    return code;
}

static int run_with_runtime(const struct options *options)
{
    HRESULT hr = RoInitialize(RO_INIT_MULTITHREADED);
    int code = EXIT_BAD_USAGE;

    if (FAILED(hr)) {
        report_failure("the Windows Runtime does not start", hr);
    } else {
        code = run(options);
        RoUninitialize();
    }
    return code;
}

int main(int argc, char **argv)
{
    struct options options = { 0 };
    int code = EXIT_BAD_USAGE;

    argv = platform_start(&argc, argv);
    if (argv && options_parse(argc, argv, &options)) {
        if (options.help) {
            options_help();
            code = EXIT_ALL_DONE;
        } else {
            code = run_with_runtime(&options);
        }
    }
    options_free(&options);
    platform_end();
    return code;
}
