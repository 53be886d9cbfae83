/* SPDX-License-Identifier: MIT */
#include "network_modem.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/port/memory.h"

#define PROPERTIES   "org.freedesktop.DBus.Properties"
#define MANAGER      "org.freedesktop.NetworkManager"
#define MODEMS       "org.freedesktop.ModemManager1"
#define MODEM_PATH   "/org/freedesktop/ModemManager1/Modem/"
#define REGISTRATION MODEMS ".Modem.Modem3gpp"
#define ANSWER_US    (5 * UINT64_C(1000000))

struct network_modem {
    sd_bus *bus;
    char *connection;    /* NULL for none */
    char *path;          /* the modem's, once it is known */
    sd_bus_slot *answer; /* that is waited for, or NULL */
    sd_bus_slot *signal; /* or NULL */
    bool roaming, asked;
};

/* MMModem3gppRegistrationState: roaming; for messages alone; without voice */
static bool is_roaming(uint32_t state)
{
    return state == 5 || state == 7 || state == 10;
}

/* Reads a property of an object: the next step. What it waited for before is dropped. */
static void get(struct network_modem *modem, const char *service, const char *path,
                const char *interface, const char *name, sd_bus_message_handler_t on_answer)
{
    sd_bus_message *call = NULL;
    int error;

    modem->answer = sd_bus_slot_unref(modem->answer);
    error = sd_bus_message_new_method_call(modem->bus, &call, service, path, PROPERTIES, "Get");
    if (error >= 0)
        error = sd_bus_message_set_auto_start(call, false);
    if (error >= 0)
        error = sd_bus_message_append(call, "ss", interface, name);
    if (error >= 0)
        error = sd_bus_call_async(modem->bus, &modem->answer, call, on_answer, modem, ANSWER_US);
    if (error < 0)
        modem->asked = false;
    sd_bus_message_unref(call);
}

static int on_registration(sd_bus_message *reply, void *context, sd_bus_error *error)
{
    struct network_modem *modem = context;
    uint32_t state = 0;

    (void)error;
    modem->asked = false;
    modem->roaming = !sd_bus_message_is_method_error(reply, NULL) &&
                     sd_bus_message_read(reply, "v", "u", &state) >= 0 && is_roaming(state);
    return 0;
}

static void ask_registration(struct network_modem *modem)
{
    get(modem, MODEMS, modem->path, REGISTRATION, "RegistrationState", on_registration);
}

static int on_modem_changed(sd_bus_message *signal, void *context, sd_bus_error *error)
{
    (void)signal;
    (void)error;
    ask_registration(context);
    return 0;
}

static int on_subscribed(sd_bus_message *reply, void *context, sd_bus_error *error)
{
    (void)reply;
    (void)context;
    (void)error;
    return 0;
}

/* Before it is asked, so that no change falls in between. */
static void subscribe(struct network_modem *modem)
{
    char *rule = memory_format("type='signal',sender='" MODEMS "',path='%s',"
                               "interface='" PROPERTIES "',member='PropertiesChanged',"
                               "arg0='" REGISTRATION "'",
                               modem->path);

    if (rule)
        sd_bus_add_match_async(modem->bus, &modem->signal, rule, on_modem_changed, on_subscribed,
                               modem);
    memory_free(rule);
}

/* A device that is a modem has ModemManager's name of it. */
static int on_device(sd_bus_message *reply, void *context, sd_bus_error *error)
{
    struct network_modem *modem = context;
    const char *path = NULL;

    (void)error;
    if (sd_bus_message_is_method_error(reply, NULL) ||
        sd_bus_message_read(reply, "v", "s", &path) < 0 ||
        strncmp(path, MODEM_PATH, strlen(MODEM_PATH)) || !sd_bus_object_path_is_valid(path) ||
        !(modem->path = memory_strdup(path))) {
        modem->asked = false;
        return 0;
    }
    subscribe(modem);
    ask_registration(modem);
    return 0;
}

static int on_connection(sd_bus_message *reply, void *context, sd_bus_error *error)
{
    struct network_modem *modem = context;
    const char *device = NULL;

    (void)error;
    if (sd_bus_message_is_method_error(reply, NULL) ||
        sd_bus_message_enter_container(reply, 'v', "ao") <= 0 ||
        sd_bus_message_enter_container(reply, 'a', "o") <= 0 ||
        sd_bus_message_read(reply, "o", &device) <= 0) {
        modem->asked = false;
        return 0;
    }
    get(modem, MANAGER, device, MANAGER ".Device", "Udi", on_device);
    return 0;
}

static void forget(struct network_modem *modem)
{
    modem->answer = sd_bus_slot_unref(modem->answer);
    modem->signal = sd_bus_slot_unref(modem->signal);
    memory_free(modem->connection);
    memory_free(modem->path);
    modem->connection = modem->path = NULL;
    modem->roaming = modem->asked = false;
}

struct network_modem *network_modem_create(sd_bus *bus)
{
    struct network_modem *modem = memory_zalloc(sizeof(*modem));

    if (modem)
        modem->bus = bus;
    return modem;
}

void network_modem_free(struct network_modem *modem)
{
    if (!modem)
        return;
    forget(modem);
    memory_free(modem);
}

void network_modem_follow(struct network_modem *modem, const char *connection)
{
    if (connection && modem->connection && !strcmp(connection, modem->connection))
        return;
    forget(modem);
    if (!connection || !(modem->connection = memory_strdup(connection)))
        return;
    modem->asked = true;
    get(modem, MANAGER, connection, MANAGER ".Connection.Active", "Devices", on_connection);
}

bool network_modem_is_roaming(const struct network_modem *modem)
{
    return modem->roaming;
}

bool network_modem_is_asked(const struct network_modem *modem)
{
    return modem->asked;
}
