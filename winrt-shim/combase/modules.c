/* SPDX-License-Identifier: MIT */
#include "winrt-shim/combase/modules.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>

#include "src/port/memory.h"
#include "winrt-shim/base/error.h"
#include "winrt-shim/combase/runtime.h"

typedef bool (*module_test)(const struct module *module, const void *wanted);

static bool has_library(const struct module *module, const void *library)
{
    return module->library == library;
}

static bool has_map(const struct module *module, const void *map)
{
    return module->map == map;
}

static bool has_path(const struct module *module, const void *path)
{
    return module->path && !strcmp(module->path, path);
}

static bool is_same(const struct module *module, const void *other)
{
    return module == other;
}

static struct module *find_locked(struct runtime *runtime, module_test test, const void *wanted)
{
    struct module *module;

    for (module = runtime->modules; module; module = module->next)
        if (test(module, wanted))
            return module;
    return NULL;
}

static struct module *find(module_test test, const void *wanted)
{
    struct module *module = find_locked(runtime_lock(), test, wanted);

    runtime_unlock();
    return module;
}

/* Another thread may have been faster: then it is its module that counts. */
static struct module *add(struct module *module)
{
    struct runtime *runtime = runtime_lock();
    struct module *present = find_locked(runtime, has_library, module->library);

    if (!present) {
        module->next = runtime->modules;
        runtime->modules = module;
    }
    runtime_unlock();
    return present ? present : module;
}

static void module_free(struct module *module)
{
    memory_free(module->path);
    memory_free(module);
}

/* `library` is a reference of dlopen, which is kept or given back. */
static HRESULT register_library(void *library, const char *path, struct module **ret)
{
    struct link_map *map = NULL;
    struct module *module;

    *ret = NULL;
    if (!(module = memory_zalloc(sizeof(*module))) ||
        (path && !(module->path = memory_strdup(path)))) {
        memory_free(module);
        dlclose(library);
        return E_OUTOFMEMORY;
    }
    module->library = library;
    if (!dlinfo(library, RTLD_DI_LINKMAP, &map))
        module->map = map;
    if ((*ret = add(module)) != module) {
        dlclose(library);
        module_free(module);
    }
    return S_OK;
}

HRESULT module_open(const char *path, struct module **ret)
{
    void *library;

    *ret = NULL;
    if (!(library = dlopen(path, RTLD_NOW | RTLD_LOCAL)))
        return error_originate(HRESULT_FROM_WIN32(ERROR_BAD_EXE_FORMAT), "%s", dlerror());
    return register_library(library, path, ret);
}

struct module *module_of_address(const void *address)
{
    struct link_map *map = NULL;
    struct module *module;
    const char *path;
    void *library;
    Dl_info info;

    if (!dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP) || !map)
        return NULL;
    if ((module = find(has_map, map)))
        return module;
    path = map->l_name[0] ? map->l_name : NULL;
    if (!(library = dlopen(path, RTLD_LAZY | RTLD_NOLOAD)) ||
        FAILED(register_library(library, path, &module)))
        return NULL;
    return module;
}

struct module *module_of_path(const char *path)
{
    return find(has_path, path);
}

struct module *module_of_handle(HMODULE handle)
{
    return find(is_same, handle);
}

void *module_symbol(const struct module *module, const char *name)
{
    struct link_map *map = NULL;
    void *address = dlsym(module->library, name);
    Dl_info info;

    /* dlsym looks into what the module depends on too. */
    if (!address || !dladdr1(address, &info, (void **)&map, RTLD_DL_LINKMAP) || map != module->map)
        return NULL;
    return address;
}
