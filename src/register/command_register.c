/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include "holder.h"
#include "registration.h"
#include "say.h"
#include "src/port/memory.h"

/* One class to register. The strings are the component's. */
struct entry {
    const struct component *component;
    const WCHAR *class_name;
    struct registration_backup backup;
};

struct plan {
    struct entry *entries;
    size_t count;
    size_t kept; /* classes that somebody else has */
};

static bool plan_class(struct plan *plan, const struct component *component,
                       const WCHAR *class_name, const struct options *options)
{
    enum holder holder;
    WCHAR *dll;
    HRESULT hr;

    hr = component_ask(component, class_name);
    if (FAILED(hr)) {
        say(SAY_ERROR, u"%1 does not make %2.\n", component->path, class_name);
        say_failure(u"It answers", hr);
        return false;
    }
    hr = holder_find(component, class_name, &holder, &dll);
    if (FAILED(hr)) {
        say_failure(u"The registry cannot be read", hr);
        return false;
    }
    if (holder == HOLDER_OTHER && !options->force) {
        say(SAY_ERROR, u"%1 is registered to %2\n", class_name, *dll ? dll : u"(nothing)");
        plan->kept++;
    } else {
        if (holder == HOLDER_OTHER || holder == HOLDER_GONE)
            say(SAY_OUT, u"%1 was registered to %2\n", class_name, *dll ? dll : u"(nothing)");
        plan->entries[plan->count++] = (struct entry){ component, class_name, { 0 } };
    }
    memory_free(dll);
    return true;
}

static bool plan_make(struct plan *plan, const struct components *components,
                      const struct options *options)
{
    size_t count = 0;

    for (size_t i = 0; i < components->count; i++)
        count += components->items[i].class_count;
    plan->entries = memory_zalloc_array(count, sizeof(*plan->entries));
    if (!plan->entries) {
        say_failure(u"Planning", E_OUTOFMEMORY);
        return false;
    }
    for (size_t i = 0; i < components->count; i++) {
        const struct component *component = &components->items[i];

        for (size_t k = 0; k < component->class_count; k++)
            if (!plan_class(plan, component, component->classes[k], options))
                return false;
    }
    return true;
}

/* Back to what was; whether that succeeded. */
static bool plan_undo(struct plan *plan, size_t done)
{
    bool undone = true;

    while (done--) {
        const struct entry *entry = &plan->entries[done];
        HRESULT hr = registration_restore(entry->class_name, &entry->backup);

        if (FAILED(hr)) {
            say_failure(entry->class_name, hr);
            undone = false;
        }
    }
    return undone;
}

static bool plan_carry_out(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct entry *entry = &plan->entries[i];
        HRESULT hr = registration_write(entry->class_name, entry->component->path, &entry->backup);

        if (FAILED(hr)) {
            say_failure(entry->class_name, hr);
            if (hr == E_ACCESSDENIED)
                say(SAY_ERROR, u"Registering needs the right to write to HKEY_LOCAL_MACHINE: an "
                               u"administrator's, and for the system's own classes more.\n");
            say(SAY_ERROR, plan_undo(plan, i) ? u"Nothing was changed.\n"
                                              : u"What had been changed could not be undone.\n");
            return false;
        }
    }
    for (size_t i = 0; i < plan->count; i++)
        say(SAY_OUT, u"%1 -> %2\n", plan->entries[i].class_name, plan->entries[i].component->path);
    say(SAY_OUT, u"%1!u! classes registered.\n", (DWORD)plan->count);
    return true;
}

/* Whether there is something to do that may be done; if not, it has been said why. */
static bool plan_is_good(const struct plan *plan, const struct options *options)
{
    if (!plan->kept || (options->keep && plan->count))
        return true;
    say(SAY_ERROR, u"Classes that another DLL has, the system's own among them, are not taken "
                   u"over. A manifest beside a program gives it this one's without registration. "
                   u"--force takes them over, for every program.\n");
    if (plan->count)
        say(SAY_ERROR, u"--keep registers the others alone.\n");
    return false;
}

bool command_register(const struct components *components, const struct options *options)
{
    struct plan plan = { 0 };
    bool done = false;

    if (plan_make(&plan, components, options) && plan_is_good(&plan, options))
        done = plan_carry_out(&plan);
    else
        say(SAY_ERROR, u"Nothing was changed.\n");
    for (size_t i = 0; i < plan.count; i++)
        registration_backup_free(&plan.entries[i].backup);
    memory_free(plan.entries);
    return done;
}
