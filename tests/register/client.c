/* SPDX-License-Identifier: MIT */
/*
 * A program that knows nothing of this project but the names of its classes; what it is told to do
 * is the first argument. It prints a line a class: its name, and the HRESULT in hexadecimal digits.
 */
#define INITGUID
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <windows.h>
#include <aclapi.h>
#include <activation.h>
#include <roapi.h>
#include <winstring.h>

static HSTRING string(const char *text)
{
    WCHAR wide[512];
    HSTRING ret = NULL;
    int size = MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, 512);

    if (size)
        WindowsCreateString(wide, size - 1, &ret);
    return ret;
}

static HRESULT get_factory(const char *class_name, IActivationFactory **factory)
{
    HSTRING name = string(class_name);
    HRESULT hr;

    *factory = NULL;
    hr = RoGetActivationFactory(name, &IID_IActivationFactory, (void **)factory);
    WindowsDeleteString(name);
    return hr;
}

static void print(const char *what, HRESULT hr)
{
    printf("%s %08lx\n", what, (unsigned long)hr);
}

static int activate_all(char **classes)
{
    for (; *classes; classes++) {
        IActivationFactory *factory;

        print(*classes, get_factory(*classes, &factory));
        if (factory)
            IActivationFactory_Release(factory);
    }
    return 0;
}

/* CLASS...: from a program in the multithreaded apartment, in a single-threaded one, in none. */
static int run_mta(char **classes)
{
    print("RoInitialize", RoInitialize(RO_INIT_MULTITHREADED));
    activate_all(classes);
    RoUninitialize();
    return 0;
}

static int run_sta(char **classes)
{
    print("RoInitialize", RoInitialize(RO_INIT_SINGLETHREADED));
    activate_all(classes);
    RoUninitialize();
    return 0;
}

/* DLL CLASS...: what the DLL itself answers. */
static int run_ask(char **arguments)
{
    typedef HRESULT(WINAPI * get_factory_function)(HSTRING, IActivationFactory **);
    HMODULE module = LoadLibraryA(arguments[0]);
    get_factory_function get =
        module ? (get_factory_function)(void *)GetProcAddress(module, "DllGetActivationFactory")
               : NULL;

    if (!get)
        return 1;
    RoInitialize(RO_INIT_MULTITHREADED);
    for (char **name = arguments + 1; *name; name++) {
        IActivationFactory *factory = NULL;
        HSTRING class_name = string(*name);

        print(*name, get(class_name, &factory));
        if (factory)
            IActivationFactory_Release(factory);
        WindowsDeleteString(class_name);
    }
    return 0;
}

/* DLL CLASS: the DLL says that it must stay, is given up nevertheless, and is used again. */
static int run_unload(char **arguments)
{
    typedef HRESULT(WINAPI * can_unload_function)(void);
    IActivationFactory *factory = NULL;
    can_unload_function can_unload;
    HMODULE module;

    RoInitialize(RO_INIT_MULTITHREADED);
    print("activate", get_factory(arguments[1], &factory));
    module = GetModuleHandleA(arguments[0]);
    can_unload = (can_unload_function)(void *)GetProcAddress(module, "DllCanUnloadNow");
    if (!factory || !can_unload)
        return 1;
    print("can unload", can_unload());
    printf("references %lu\n", IActivationFactory_Release(factory));
    print("can unload", can_unload());
    CoFreeUnusedLibraries();
    printf("loaded %d\n", GetModuleHandleA(arguments[0]) == module);
    print("activate", get_factory(arguments[1], &factory));
    if (factory)
        IActivationFactory_Release(factory);
    RoUninitialize();
    printf("loaded %d\n", GetModuleHandleA(arguments[0]) == module);
    return 0;
}

/* CLASS: makes an object and returns from main with it, uninitializing nothing. */
static int run_exit(char **arguments)
{
    HSTRING name = string(arguments[0]);
    IInspectable *instance = NULL;

    RoInitialize(RO_INIT_MULTITHREADED);
    print(arguments[0], RoActivateInstance(name, &instance));
    return 0;
}

/* CLASS: from now on nobody may write to the entry of the class. */
static int run_protect(char **arguments)
{
    char path[512];
    DWORD error;
    EXPLICIT_ACCESSA access = {
        .grfAccessPermissions = KEY_READ,
        .grfAccessMode = SET_ACCESS,
        .Trustee = { .TrusteeForm = TRUSTEE_IS_NAME, .ptstrName = (char *)"EVERYONE" },
    };
    ACL *list = NULL;

    snprintf(path, sizeof(path),
             "MACHINE\\Software\\Microsoft\\WindowsRuntime\\ActivatableClassId\\%s", arguments[0]);
    error = SetEntriesInAclA(1, &access, NULL, &list);
    if (!error)
        error =
            SetNamedSecurityInfoA(path, SE_REGISTRY_KEY,
                                  DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                  NULL, NULL, list, NULL);
    LocalFree(list);
    return error != ERROR_SUCCESS;
}

static const struct {
    const char *name;
    int arguments;
    int (*run)(char **arguments);
} actions[] = {
    { "mta", 1, run_mta },         { "sta", 1, run_sta },       { "no-apartment", 1, activate_all },
    { "ask", 1, run_ask },         { "unload", 2, run_unload }, { "exit", 1, run_exit },
    { "protect", 1, run_protect },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof(actions) / sizeof(actions[0]); i++)
        if (!strcmp(argv[1], actions[i].name) && argc - 2 >= actions[i].arguments)
            return actions[i].run(argv + 2);
    fprintf(stderr, "client ACTION ARGUMENT...\n");
    return 2;
}
