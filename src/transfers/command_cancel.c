/* SPDX-License-Identifier: MIT */
#include "apps.h"
#include "output.h"
#include "src/store/store_tool.h"
#include "words.h"

struct cancelling {
    const struct store_id *id;
    enum port_status status; /* PORT_NOT_FOUND: in no app so far */
    bool asked;
};

static bool cancel_in_app(void *context, const struct app *app)
{
    struct cancelling *cancelling = context;

    enum port_status status;

    status = store_tool_cancel(app->folder, cancelling->id, &cancelling->asked);
    /* That one app's store cannot be read says nothing of the others. */
    if (status != PORT_NOT_FOUND)
        cancelling->status = status;
    return status != PORT_OK && status != PORT_WRONG_STATE;
}

void command_cancel(const struct options *options)
{
    for (size_t i = 0; i < options->id_count; i++) {
        struct cancelling cancelling = { .id = &options->ids[i], .status = PORT_NOT_FOUND };
        unsigned errors = out_error_count();
        char id[STORE_ID_TEXT_SIZE];

        store_tool_format_id(cancelling.id, id);
        apps_visit(options, cancel_in_app, &cancelling);
        if (cancelling.status == PORT_NOT_FOUND && out_error_count() == errors)
            out_error("%s: no such download; winrt-transfers list shows those that are there", id);
        else if (cancelling.status && cancelling.status != PORT_NOT_FOUND)
            out_error("%s: %s", id, words_of_status(cancelling.status));
        else if (!cancelling.status)
            out("%s: %s\n", id,
                cancelling.asked ? "its program runs, and was asked to cancel it" : "cancelled");
    }
}
