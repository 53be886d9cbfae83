/* SPDX-License-Identifier: MIT */
#include "src/port/threads.h"

#include <windows.h>

#include "src/port/clock.h"
#include "src/port/memory.h"
#include "status.h"
#include "thread_end.h"

#define NS_PER_MS UINT64_C(1000000)
#define NAME_SIZE 16

_Static_assert(sizeof(SRWLOCK) == sizeof(struct mutex), "see native_threads.h");
_Static_assert(sizeof(CONDITION_VARIABLE) == sizeof(struct condition), "see native_threads.h");
_Static_assert(sizeof(INIT_ONCE) == sizeof(struct once), "see native_threads.h");

extern const struct clock_ops clock_real_ops;

static PSRWLOCK lock_of(struct mutex *mutex)
{
    return (PSRWLOCK)&mutex->native;
}

static PCONDITION_VARIABLE variable_of(struct condition *condition)
{
    return (PCONDITION_VARIABLE)&condition->native;
}

void mutex_init(struct mutex *mutex)
{
    InitializeSRWLock(lock_of(mutex));
}

void mutex_destroy(struct mutex *mutex)
{
    (void)mutex; /* it has nothing but itself */
}

void mutex_lock(struct mutex *mutex)
{
    AcquireSRWLockExclusive(lock_of(mutex));
}

void mutex_unlock(struct mutex *mutex)
{
    ReleaseSRWLockExclusive(lock_of(mutex));
}

void condition_init(struct condition *condition)
{
    InitializeConditionVariable(variable_of(condition));
}

void condition_destroy(struct condition *condition)
{
    (void)condition;
}

void condition_signal(struct condition *condition)
{
    WakeConditionVariable(variable_of(condition));
}

void condition_broadcast(struct condition *condition)
{
    WakeAllConditionVariable(variable_of(condition));
}

void condition_wait(struct condition *condition, struct mutex *mutex)
{
    SleepConditionVariableSRW(variable_of(condition), lock_of(mutex), INFINITE, 0);
}

/* Rounded up, so that the deadline has come when the time is over; INFINITE is no time. */
static DWORD milliseconds_until(uint64_t deadline_ns)
{
    uint64_t now = clock_real_ops.monotonic_ns();
    uint64_t wait = deadline_ns > now ? (deadline_ns - now - 1) / NS_PER_MS + 1 : 0;

    return wait < INFINITE ? (DWORD)wait : INFINITE - 1;
}

bool condition_wait_until(struct condition *condition, struct mutex *mutex, uint64_t deadline_ns)
{
    DWORD wait = milliseconds_until(deadline_ns);

    if (SleepConditionVariableSRW(variable_of(condition), lock_of(mutex), wait, 0))
        return true;
    return clock_real_ops.monotonic_ns() < deadline_ns; /* timers may be early */
}

struct thread_start {
    void (*run)(void *argument);
    void *argument;
    WCHAR name[NAME_SIZE];
};

/* Windows has it since 10 1607. */
static void name_this_thread(const WCHAR *name)
{
    typedef HRESULT(WINAPI * set_description)(HANDLE, PCWSTR);
    set_description set;

    set = (set_description)(void *)GetProcAddress(GetModuleHandleW(u"kernel32.dll"),
                                                  "SetThreadDescription");
    if (set)
        set(GetCurrentThread(), name);
}

static DWORD WINAPI thread_main(void *argument)
{
    struct thread_start start = *(struct thread_start *)argument;

    memory_free(argument);
    name_this_thread(start.name);
    start.run(start.argument);
    thread_end_run();
    return 0;
}

/* Whoever unloads the library, its threads run in it until the process ends. */
static void keep_loaded(void)
{
    HMODULE module;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                       (LPCWSTR)(void *)thread_main, &module);
}

enum port_status thread_start(const char *name, void (*run)(void *argument), void *argument)
{
    static struct once kept = ONCE_INITIALIZER;
    struct thread_start *start = memory_zalloc(sizeof(*start));
    HANDLE thread;
    int i;

    if (!start)
        return PORT_NO_MEMORY;
    start->run = run;
    start->argument = argument;
    for (i = 0; i < NAME_SIZE - 1 && name[i]; i++)
        start->name[i] = (unsigned char)name[i];

    once_run(&kept, keep_loaded);
    thread = CreateThread(NULL, 0, thread_main, start, 0, NULL);
    if (!thread) {
        memory_free(start);
        return PORT_NO_HANDLES;
    }
    CloseHandle(thread);
    return PORT_OK;
}

static BOOL CALLBACK call_init(PINIT_ONCE once, void *init, void **context)
{
    (void)once;
    (void)context;
    (*(void (**)(void))init)();
    return TRUE;
}

void once_run(struct once *once, void (*init)(void))
{
    InitOnceExecuteOnce((PINIT_ONCE)&once->native, call_init, (void *)&init, NULL);
}

uintptr_t thread_self(void)
{
    return GetCurrentThreadId();
}
