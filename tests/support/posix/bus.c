/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE

#include "../bus.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include <cmocka.h>

#include "environment.h"
#include "platform.h"
#include "programs.h"
#include "test_event.h"
#include "test_files.h"

#define MANAGER      "org.freedesktop.NetworkManager"
#define MANAGER_PATH "/org/freedesktop/NetworkManager"
#define MOCK         "org.freedesktop.DBus.Mock"
#define MODEMS       "org.freedesktop.ModemManager1"
#define MODEM_PATH   "/org/freedesktop/ModemManager1/Modem/0"
#define REGISTRATION MODEMS ".Modem.Modem3gpp"
#define ROOT_PATH    "/org/freedesktop" /* of the template, which makes objects */

#define CONNECTION_PATH MANAGER_PATH "/ActiveConnection/7"
#define DEVICE_PATH     MANAGER_PATH "/Devices/7"

#define CALL_US (TEST_WAIT_MS * UINT64_C(1000))

/* A socket's path has 107 characters at most, so it is not in the scratch folder. */
static char folder[] = "/tmp/winrt-bus-XXXXXX";
static char socket_path[sizeof(folder) + 8], config_path[sizeof(folder) + 8];
static char address[sizeof(folder) + 32];
static pid_t daemon_pid, manager_pid, modems_pid;
static int hanging = -1;
static sd_bus *bus;

static void clean_up(void)
{
    unlink(socket_path);
    unlink(config_path);
    rmdir(folder);
}

void bus_prepare(void)
{
    static const char *const trials[][4] = {
        { "/bin/sh", "-c", "exec dbus-daemon --version > /dev/null 2>&1", NULL },
        { "/bin/sh", "-c", DBUSMOCK_PYTHON " -c 'import dbusmock' 2> /dev/null", NULL },
    };
    char config[600];
    int size;

    if (run_program(trials[0], 10))
        skip_because("there is no dbus-daemon");
    if (run_program(trials[1], 10))
        skip_because("there is no python3-dbusmock");
    assert_non_null(mkdtemp(folder));
    atexit(clean_up);
    snprintf(socket_path, sizeof(socket_path), "%s/bus", folder);
    snprintf(config_path, sizeof(config_path), "%s/config", folder);
    snprintf(address, sizeof(address), "unix:path=%s", socket_path);
    size = snprintf(config, sizeof(config),
                    "<busconfig><listen>%s</listen><auth>EXTERNAL</auth>"
                    "<policy context='default'><allow user='*'/><allow own='*'/>"
                    "<allow send_destination='*'/><allow receive_sender='*'/></policy>"
                    "</busconfig>",
                    address);
    test_file_write(config_path, config, (size_t)size);
    test_setenv("DBUS_SYSTEM_BUS_ADDRESS", address);
    test_setenv("WINRT_NETWORK_STATE", NULL);
    test_setenv("WINRT_NETWORK_STATE_FILE", NULL);
}

/* Ends with this process, whatever becomes of that. */
static pid_t start(const char *const *arguments)
{
    pid_t parent = getpid(), pid;

    fflush(NULL);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == parent)
            execvp(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    return pid;
}

static void stop(pid_t *pid)
{
    assert_true(*pid > 0);
    assert_int_equal(kill(*pid, SIGKILL), 0);
    while (waitpid(*pid, NULL, 0) < 0)
        assert_int_equal(errno, EINTR);
    *pid = 0;
}

/* Of the process that is waited for: it must not have ended. */
static void pause_for(pid_t pid)
{
    struct test_event never;

    test_event_init(&never);
    test_event_wait(&never, 20);
    test_event_destroy(&never);
    assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
}

void bus_start(void)
{
    char option[sizeof(config_path) + 16];
    const char *const arguments[] = { "dbus-daemon", option,       "--nofork",
                                      "--nopidfile", "--nosyslog", NULL };
    uint64_t deadline = test_deadline(TEST_WAIT_MS);

    snprintf(option, sizeof(option), "--config-file=%s", config_path);
    daemon_pid = start(arguments);
    while (sd_bus_open_system(&bus) < 0) {
        pause_for(daemon_pid);
        assert_true(test_deadline(0) < deadline);
    }
    assert_true(sd_bus_set_method_call_timeout(bus, CALL_US) >= 0);
}

void bus_stop(void)
{
    bus = sd_bus_close_unref(bus);
    stop(&daemon_pid);
}

void bus_hang(void)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };

    memcpy(name.sun_path, socket_path, sizeof(socket_path));
    hanging = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(hanging >= 0);
    assert_int_equal(bind(hanging, (struct sockaddr *)&name, sizeof(name)), 0);
    assert_int_equal(listen(hanging, 10), 0);
}

/* A method of dbusmock's. */
static void tell(const char *service, const char *path, const char *method, const char *types, ...)
{
    sd_bus_error error = SD_BUS_ERROR_NULL;
    sd_bus_message *call = NULL;
    va_list list;

    assert_true(sd_bus_message_new_method_call(bus, &call, service, path, MOCK, method) >= 0);
    va_start(list, types);
    assert_true(sd_bus_message_appendv(call, types, list) >= 0);
    va_end(list);
    if (sd_bus_call(bus, call, CALL_US, &error, NULL) < 0)
        fail_msg("%s: %s", method, error.message);
    sd_bus_message_unref(call);
}

static void wait_for(const char *service, pid_t pid)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    int owned = 0;

    while (!owned) {
        sd_bus_message *reply = NULL;

        assert_true(sd_bus_call_method(bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                       "NameHasOwner", NULL, &reply, "s", service) >= 0);
        assert_true(sd_bus_message_read(reply, "b", &owned) >= 0);
        sd_bus_message_unref(reply);
        pause_for(pid);
        assert_true(test_deadline(0) < deadline);
    }
}

/* The name is there before the template's objects. */
static void wait_for_manager(void)
{
    uint64_t deadline = test_deadline(TEST_WAIT_MS);
    uint32_t state;

    wait_for(MANAGER, manager_pid);
    while (sd_bus_get_property_trivial(bus, MANAGER, MANAGER_PATH "/Settings", MANAGER ".Settings",
                                       "CanModify", NULL, 'b', &state) < 0) {
        pause_for(manager_pid);
        assert_true(test_deadline(0) < deadline);
    }
}

void manager_start(void)
{
    static const char *const arguments[] = { DBUSMOCK_PYTHON, "-m",         "dbusmock",
                                             "--system",      "--template", "networkmanager",
                                             "--logfile",     "/dev/null",  NULL };

    manager_pid = start(arguments);
    wait_for_manager();
    /* What the template does not have. */
    tell(MANAGER, MANAGER_PATH, "AddProperty", "ssv", MANAGER, "Metered", "u", 0);
    tell(MANAGER, MANAGER_PATH, "AddProperty", "ssv", MANAGER, "PrimaryConnection", "o",
         CONNECTION_PATH);
    tell(MANAGER, MANAGER_PATH, "AddProperty", "ssv", MANAGER, "PrimaryConnectionType", "s", "");
    tell(MANAGER, ROOT_PATH, "AddObject", "ssa{sv}a(ssss)", CONNECTION_PATH,
         MANAGER ".Connection.Active", 1, "Devices", "ao", 1, DEVICE_PATH, 0);
    tell(MANAGER, ROOT_PATH, "AddObject", "ssa{sv}a(ssss)", DEVICE_PATH, MANAGER ".Device", 1,
         "Udi", "s", MODEM_PATH, 0);
}

void modems_start(uint32_t registration)
{
    static const char *const arguments[] = { DBUSMOCK_PYTHON, "-m",        "dbusmock", "--system",
                                             "--logfile",     "/dev/null", MODEMS,     MODEM_PATH,
                                             REGISTRATION,    NULL };

    modems_pid = start(arguments);
    wait_for(MODEMS, modems_pid);
    tell(MODEMS, MODEM_PATH, "AddProperty", "ssv", REGISTRATION, "RegistrationState", "u",
         registration);
}

void modem_set_registration(uint32_t registration)
{
    tell(MODEMS, MODEM_PATH, "UpdateProperties", "sa{sv}", REGISTRATION, 1, "RegistrationState",
         "u", registration);
}

void manager_stop(void)
{
    stop(&manager_pid);
}

void manager_hang(void)
{
    assert_int_equal(kill(manager_pid, SIGSTOP), 0);
}

void manager_go_on(void)
{
    assert_int_equal(kill(manager_pid, SIGCONT), 0);
}

void manager_set(uint32_t state, uint32_t connectivity, uint32_t metered)
{
    tell(MANAGER, MANAGER_PATH, "UpdateProperties", "sa{sv}", MANAGER, 3, "State", "u", state,
         "Connectivity", "u", connectivity, "Metered", "u", metered);
}

void manager_set_startup(int startup)
{
    tell(MANAGER, MANAGER_PATH, "UpdateProperties", "sa{sv}", MANAGER, 1, "Startup", "b", startup);
}

/* Its path stays: dbusmock 0.28 cannot change object paths. */
void manager_set_mobile(int mobile)
{
    tell(MANAGER, MANAGER_PATH, "UpdateProperties", "sa{sv}", MANAGER, 1, "PrimaryConnectionType",
         "s", mobile ? "gsm" : "802-3-ethernet");
}

void manager_set_rubbish(void)
{
    tell(MANAGER, MANAGER_PATH, "UpdateProperties", "sa{sv}", MANAGER, 3, "State", "s", "70",
         "Connectivity", "t", UINT64_C(4), "Metered", "as", 1, "yes");
}
