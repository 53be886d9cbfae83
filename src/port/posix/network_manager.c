/* SPDX-License-Identifier: MIT */
#include "network_manager.h"

#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <systemd/sd-bus.h>

#include "network_modem.h"
#include "src/port/clock.h"
#include "src/port/memory.h"
#include "src/port/system.h"

#define MANAGER      "org.freedesktop.NetworkManager"
#define MANAGER_PATH "/org/freedesktop/NetworkManager"
#define PROPERTIES   "org.freedesktop.DBus.Properties"
#define SYSTEM_BUS   "unix:path=/run/dbus/system_bus_socket"

#define ANSWER_US (5 * UINT64_C(1000000))

/* A bus may be started anew, but one that ends every connection is left alone. */
#define MAX_LOSSES 20

/* NMState, NMConnectivityState and NMMetered, NetworkManager's D-Bus interface. */
enum manager_state {
    MANAGER_STATE_ASLEEP = 10,
    MANAGER_STATE_DISCONNECTING = 30,
    MANAGER_STATE_CONNECTED_SITE = 60, /* and from there on up there is a default route */
};

enum manager_connectivity {
    MANAGER_CONNECTIVITY_PORTAL = 2,
};

enum manager_metered {
    MANAGER_METERED_YES = 1,
    MANAGER_METERED_GUESS_YES = 3,
};

struct manager_properties {
    uint32_t state, connectivity, metered;
    int startup;                        /* whether it is still starting */
    const char *primary, *primary_type; /* the connection with the default route; or NULL */
};

struct network_manager {
    sd_bus *bus; /* NULL once it is given up */
    unsigned losses;
    bool connected; /* this bus has answered something */
    bool asking;    /* an answer is due */
    bool ask_again; /* and what it tells may be old by then */
    bool metered;
    enum network_manager_answer answer;
    struct network_modem *modem; /* of that bus, and NULL when that is */
};

static int on_failed_call(sd_bus_message *reply, void *context, sd_bus_error *error)
{
    (void)reply;
    (void)context;
    (void)error;
    return 0;
}

static const struct property {
    const char *name;
    char type; /* of D-Bus */
    size_t offset;
} property_table[] = {
    { "State", 'u', offsetof(struct manager_properties, state) },
    { "Connectivity", 'u', offsetof(struct manager_properties, connectivity) },
    { "Metered", 'u', offsetof(struct manager_properties, metered) },
    { "Startup", 'b', offsetof(struct manager_properties, startup) },
    { "PrimaryConnection", 'o', offsetof(struct manager_properties, primary) },
    { "PrimaryConnectionType", 's', offsetof(struct manager_properties, primary_type) },
};

/* What is of another type than documented is as good as not there. */
static int read_property(sd_bus_message *reply, const char *name, struct manager_properties *ret)
{
    const char *contents = NULL;
    size_t i;
    int error;

    for (i = 0; i < sizeof(property_table) / sizeof(property_table[0]); i++) {
        const struct property *property = &property_table[i];
        char type[] = { property->type, 0 };

        if (strcmp(property->name, name))
            continue;
        error = sd_bus_message_peek_type(reply, NULL, &contents);
        if (error < 0)
            return error;
        if (strcmp(contents, type))
            break;
        return sd_bus_message_read(reply, "v", type, (char *)ret + property->offset);
    }
    return sd_bus_message_skip(reply, "v");
}

static int read_properties(sd_bus_message *reply, struct manager_properties *ret)
{
    const char *name;
    int error;

    error = sd_bus_message_enter_container(reply, 'a', "{sv}");
    while (error >= 0 && (error = sd_bus_message_enter_container(reply, 'e', "sv")) > 0) {
        error = sd_bus_message_read(reply, "s", &name);
        if (error >= 0)
            error = read_property(reply, name, ret);
        if (error >= 0)
            error = sd_bus_message_exit_container(reply);
    }
    return error;
}

/*
 * A portal answers every request with its own page until somebody has logged in: worse than no
 * network. "Limited" is what networks look like that let nobody ask NetworkManager's server, so it
 * is as good as any. And where NetworkManager has no connection, or local ones alone, there may be
 * one that it has no hand in, as /etc/network/interfaces makes them: it takes the default routes of
 * its own connections away, so that one that is there is somebody else's.
 */
static enum network_manager_answer judge(const struct manager_properties *properties)
{
    if (properties->connectivity == MANAGER_CONNECTIVITY_PORTAL)
        return NETWORK_MANAGER_OFFLINE;
    if (properties->state >= MANAGER_STATE_CONNECTED_SITE)
        return NETWORK_MANAGER_ONLINE;
    if (!properties->startup && (properties->state == MANAGER_STATE_ASLEEP ||
                                 properties->state == MANAGER_STATE_DISCONNECTING))
        return NETWORK_MANAGER_OFFLINE;
    return NETWORK_MANAGER_UNSURE;
}

static bool is_metered(const struct manager_properties *properties)
{
    return properties->metered == MANAGER_METERED_YES ||
           properties->metered == MANAGER_METERED_GUESS_YES;
}

static bool is_mobile(const struct manager_properties *properties)
{
    const char *type = properties->primary_type;

    return type && properties->primary && (!strcmp(type, "gsm") || !strcmp(type, "cdma"));
}

static void set_absent(struct network_manager *manager)
{
    manager->answer = NETWORK_MANAGER_ABSENT;
    manager->metered = false;
    network_modem_follow(manager->modem, NULL);
}

static void ask(struct network_manager *manager);

static int on_properties(sd_bus_message *reply, void *context, sd_bus_error *error)
{
    struct network_manager *manager = context;
    struct manager_properties properties = { 0 };

    (void)error;
    manager->asking = false;
    manager->connected = true;
    if (sd_bus_message_is_method_error(reply, NULL) || read_properties(reply, &properties) < 0) {
        set_absent(manager);
    } else {
        manager->answer = judge(&properties);
        manager->metered = is_metered(&properties);
        network_modem_follow(manager->modem, is_mobile(&properties) ? properties.primary : NULL);
    }
    if (manager->ask_again)
        ask(manager);
    return 0;
}

/* Everything at once, so that what belongs together is read together. It is not started for it. */
static void ask(struct network_manager *manager)
{
    sd_bus_message *call = NULL;
    int error;

    manager->ask_again = manager->asking;
    if (manager->asking)
        return;
    error = sd_bus_message_new_method_call(manager->bus, &call, MANAGER, MANAGER_PATH, PROPERTIES,
                                           "GetAll");
    if (error >= 0)
        error = sd_bus_message_set_auto_start(call, false);
    if (error >= 0)
        error = sd_bus_message_append(call, "s", MANAGER);
    if (error >= 0)
        error = sd_bus_call_async(manager->bus, NULL, call, on_properties, manager, ANSWER_US);
    manager->asking = error >= 0;
    if (error < 0)
        set_absent(manager);
    sd_bus_message_unref(call);
}

static int on_properties_changed(sd_bus_message *signal, void *context, sd_bus_error *error)
{
    (void)signal;
    (void)error;
    ask(context);
    return 0;
}

static int on_owner_changed(sd_bus_message *signal, void *context, sd_bus_error *error)
{
    struct network_manager *manager = context;
    const char *name, *before, *now;

    (void)error;
    if (sd_bus_message_read(signal, "sss", &name, &before, &now) < 0)
        return 0;
    if (now[0])
        ask(manager);
    else
        set_absent(manager);
    return 0;
}

/* Asked for before the first question, so that no change falls in between. */
static int subscribe(struct network_manager *manager)
{
    static const struct {
        const char *rule;
        sd_bus_message_handler_t handler;
    } table[] = {
        { "type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',"
          "interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" MANAGER "'",
          on_owner_changed },
        { "type='signal',sender='" MANAGER "',path='" MANAGER_PATH "',interface='" PROPERTIES
          "',member='PropertiesChanged',arg0='" MANAGER "'",
          on_properties_changed },
    };
    size_t i;
    int error = 0;

    for (i = 0; i < sizeof(table) / sizeof(table[0]) && error >= 0; i++)
        error = sd_bus_add_match_async(manager->bus, NULL, table[i].rule, table[i].handler,
                                       on_failed_call, manager);
    return error;
}

/* sd_bus_open_system, but for `wait`: for a bus that is not there yet. */
static int open_bus(bool wait, sd_bus **ret)
{
    char *address = NULL;
    sd_bus *bus = NULL;
    int error;

    *ret = NULL;
    if (system_environment("DBUS_SYSTEM_BUS_ADDRESS", &address))
        return -1;
    error = sd_bus_new(&bus);
    if (error >= 0)
        error = sd_bus_set_address(bus, address ? address : SYSTEM_BUS);
    if (error >= 0)
        error = sd_bus_set_bus_client(bus, true);
    if (error >= 0)
        error = sd_bus_set_watch_bind(bus, wait);
    if (error >= 0)
        error = sd_bus_start(bus);
    memory_free(address);
    if (error >= 0)
        *ret = bus;
    else
        sd_bus_close_unref(bus);
    return error;
}

static void disconnect(struct network_manager *manager)
{
    network_modem_free(manager->modem);
    manager->modem = NULL;
    manager->bus = sd_bus_close_unref(manager->bus);
    manager->connected = manager->asking = manager->ask_again = manager->metered = false;
    manager->answer = NETWORK_MANAGER_ABSENT;
}

static void connect_bus(struct network_manager *manager, bool wait)
{
    if (open_bus(wait, &manager->bus) < 0)
        return;
    manager->modem = network_modem_create(manager->bus);
    if (!manager->modem || subscribe(manager) < 0)
        disconnect(manager);
    else
        ask(manager);
}

struct network_manager *network_manager_create(void)
{
    struct network_manager *manager = memory_zalloc(sizeof(*manager));

    if (!manager)
        return NULL;
    /* Without waiting, to learn whether there is a bus now; then for the one that may come. */
    connect_bus(manager, false);
    if (manager->asking)
        return manager;
    connect_bus(manager, true);
    manager->answer = NETWORK_MANAGER_ABSENT;
    return manager;
}

void network_manager_free(struct network_manager *manager)
{
    if (!manager)
        return;
    disconnect(manager);
    memory_free(manager);
}

extern const struct clock_ops clock_real_ops;

/* sd_bus_get_timeout tells a time of the monotonic clock, the real one, in microseconds. */
static int timeout_of(sd_bus *bus)
{
    uint64_t now = clock_real_ops.monotonic_ns() / 1000, due, wait;

    if (sd_bus_get_timeout(bus, &due) <= 0 || due == UINT64_MAX)
        return -1;
    wait = due > now ? (due - now + 999) / 1000 : 0;
    return wait < INT_MAX ? (int)wait : INT_MAX;
}

void network_manager_prepare(struct network_manager *manager, struct pollfd *ret, int *timeout)
{
    int events = manager->bus ? sd_bus_get_events(manager->bus) : -1;

    ret->fd = events < 0 ? -1 : sd_bus_get_fd(manager->bus);
    ret->events = events < 0 ? 0 : (short)events;
    ret->revents = 0;
    *timeout = events < 0 ? -1 : timeout_of(manager->bus);
}

void network_manager_process(struct network_manager *manager)
{
    bool was_connected;
    int done = 1;

    while (manager->bus && done > 0)
        done = sd_bus_process(manager->bus, NULL);
    if (done >= 0)
        return;
    was_connected = manager->connected;
    disconnect(manager);
    if (was_connected && ++manager->losses <= MAX_LOSSES) {
        connect_bus(manager, true);
        manager->answer = NETWORK_MANAGER_ABSENT;
    }
}

enum network_manager_answer network_manager_get(const struct network_manager *manager,
                                                enum network_cost *cost)
{
    bool asked = manager->modem && network_modem_is_asked(manager->modem);

    *cost = NETWORK_COST_UNRESTRICTED;
    if (manager->modem && network_modem_is_roaming(manager->modem))
        *cost = NETWORK_COST_ROAMING;
    else if (manager->metered)
        *cost = NETWORK_COST_METERED;
    return asked ? NETWORK_MANAGER_ASKED : manager->answer;
}
