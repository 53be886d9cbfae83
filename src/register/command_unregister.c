/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include "holder.h"
#include "registration.h"
#include "say.h"
#include "src/port/memory.h"

static HRESULT unregister_class(const struct component *component, const WCHAR *class_name,
                                DWORD *removed)
{
    enum holder holder;
    WCHAR *dll;
    HRESULT hr;

    hr = holder_find(component, class_name, &holder, &dll);
    if (FAILED(hr))
        return hr;
    if (holder == HOLDER_OTHER) {
        say(SAY_OUT, u"%1 stays: it is registered to %2\n", class_name, *dll ? dll : u"(nothing)");
    } else if (holder != HOLDER_NOBODY) {
        hr = registration_remove(class_name);
        if (SUCCEEDED(hr))
            ++*removed;
    }
    memory_free(dll);
    return hr;
}

bool command_unregister(const struct components *components, const struct options *options)
{
    bool done = true;
    DWORD removed = 0;

    (void)options;
    /* To the end, whatever fails: the rest is wanted away as well. */
    for (size_t i = 0; i < components->count; i++) {
        const struct component *component = &components->items[i];

        for (size_t k = 0; k < component->class_count; k++) {
            HRESULT hr = unregister_class(component, component->classes[k], &removed);

            if (FAILED(hr)) {
                say_failure(component->classes[k], hr);
                done = false;
            }
        }
    }
    say(SAY_OUT, u"%1!u! classes unregistered.\n", removed);
    return done;
}
