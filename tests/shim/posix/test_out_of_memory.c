/* SPDX-License-Identifier: MIT */
/*
 * Every allocation of the documented functions fails once: the answer is the documented one, out
 * parameters are NULL, and nothing leaks. Linked with the objects of combase themselves, because
 * the memory seam is not reachable through the shim library.
 */
#define COBJMACROS
#include <windows.h>
#include <oleauto.h>
#include <roapi.h>
#include <roerrorapi.h>
#include <shobjidl.h>
#include <winstring.h>

#include <stdlib.h>

#include "src/port/memory.h"
#include "tests/support/check.h"
#include "tests/support/test_main.h"
#include "winrt-shim/classes.h"

/* No classes of its own: what is activated here comes from a component. */
const struct factory_entry shim_classes[1];
const size_t shim_class_count = 0;

static int allowed; /* allocations until one fails; negative: none does */
static int failures;
static long live;

static BOOL may_allocate(void)
{
    if (allowed < 0 || allowed--)
        return TRUE;
    failures++;
    return FALSE;
}

static void *counting_allocate(size_t size)
{
    void *block = may_allocate() ? malloc(size) : NULL;

    live += block != NULL;
    return block;
}

static void *counting_resize(void *block, size_t size)
{
    void *resized = may_allocate() ? realloc(block, size) : NULL;

    live += resized && !block;
    return resized;
}

static void counting_release(void *block)
{
    live -= block != NULL;
    free(block);
}

static const struct memory_ops counting_ops = { counting_allocate, counting_resize,
                                                counting_release };

/* Answers whether it succeeded; releases what it made; checks what it got instead. */
typedef BOOL (*operation)(void);

static HSTRING sample, part;

static BOOL is_made(HRESULT hr, const void *made)
{
    if (SUCCEEDED(hr)) {
        assert_non_null(made);
        return TRUE;
    }
    assert_int_equal(hr, E_OUTOFMEMORY);
    assert_null(made);
    return FALSE;
}

static BOOL is_string(HRESULT hr, HSTRING string)
{
    BOOL made = is_made(hr, string);

    WindowsDeleteString(string);
    return made;
}

static BOOL create_string(void)
{
    HSTRING string = (HSTRING)0xdead;
    HRESULT hr = WindowsCreateString(u"abc", 3, &string);

    return is_string(hr, string);
}

static BOOL copy_reference(void)
{
    HSTRING reference = NULL, string = (HSTRING)0xdead;
    HSTRING_HEADER header;
    HRESULT hr;

    check_ok(WindowsCreateStringReference(u"abc", 3, &header, &reference));
    hr = WindowsDuplicateString(reference, &string);
    return is_string(hr, string);
}

static BOOL preallocate(void)
{
    HSTRING_BUFFER buffer = (HSTRING_BUFFER)0xdead;
    WCHAR *text = NULL;
    HRESULT hr = WindowsPreallocateStringBuffer(3, &text, &buffer);
    BOOL made = is_made(hr, buffer);

    WindowsDeleteStringBuffer(buffer);
    return made;
}

static BOOL concatenate(void)
{
    HSTRING string = (HSTRING)0xdead;
    HRESULT hr = WindowsConcatString(sample, part, &string);

    return is_string(hr, string);
}

static BOOL cut(void)
{
    HSTRING string = (HSTRING)0xdead;
    HRESULT hr = WindowsSubstring(sample, 1, &string);

    return is_string(hr, string);
}

static BOOL trim(void)
{
    HSTRING string = (HSTRING)0xdead;
    HRESULT hr = WindowsTrimStringStart(sample, part, &string);

    return is_string(hr, string);
}

static BOOL replace(void)
{
    HSTRING string = (HSTRING)0xdead;
    HRESULT hr = WindowsReplaceString(sample, part, sample, &string);

    return is_string(hr, string);
}

static BOOL make_marshaler(void)
{
    IUnknown *marshaler = (IUnknown *)0xdead;
    HRESULT hr = CoCreateFreeThreadedMarshaler(NULL, &marshaler);
    BOOL made = is_made(hr, marshaler);

    release_ref(marshaler);
    return made;
}

static BOOL make_guid_text(void)
{
    LPOLESTR text = (LPOLESTR)0xdead;
    HRESULT hr = StringFromCLSID(&IID_IUnknown, &text);
    BOOL made = is_made(hr, text);

    CoTaskMemFree(text);
    return made;
}

static BOOL make_bstr(void)
{
    BSTR text = SysAllocString(u"abc");
    BOOL made = text != NULL;

    if (made && !SysReAllocString(&text, u"def")) {
        assert_int_equal(text[0], 'a');
        made = FALSE;
    }
    SysFreeString(text);
    return made;
}

static BOOL make_error_object(void)
{
    ICreateErrorInfo *info = (ICreateErrorInfo *)0xdead;
    HRESULT hr = CreateErrorInfo(&info);
    BOOL made = is_made(hr, info);

    release_ref(info);
    return made;
}

/* Reporting an error must work as far as it can: there is no error object then. */
static BOOL originate_error(void)
{
    IErrorInfo *info = NULL;
    BOOL made;

    RoOriginateErrorW(E_FAIL, 0, u"text");
    made = GetErrorInfo(0, &info) == S_OK;
    release_ref(info);
    return made;
}

static BOOL make_event(void)
{
    HANDLE event = CreateEventW(NULL, FALSE, FALSE, NULL);

    if (!event) {
        assert_int_equal(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
        return FALSE;
    }
    assert_true(CloseHandle(event));
    return TRUE;
}

static BOOL set_app_id(void)
{
    PWSTR text = NULL;
    HRESULT hr = SetCurrentProcessExplicitAppUserModelID(u"App.Id");

    if (SUCCEEDED(hr)) {
        hr = GetCurrentProcessExplicitAppUserModelID(&text);
        is_made(hr, text);
    }
    if (FAILED(hr))
        assert_int_equal(hr, E_OUTOFMEMORY);
    CoTaskMemFree(text);
    return SUCCEEDED(hr);
}

static BOOL activate(void)
{
    IInspectable *instance = (IInspectable *)0xdead;
    HSTRING_HEADER header;
    HSTRING name = NULL;
    HRESULT hr;
    BOOL made;

    check_ok(WindowsCreateStringReference(u"WinRTTest.Sample.Widget", 23, &header, &name));
    hr = RoActivateInstance(name, &instance);
    made = is_made(hr, instance);
    release_ref(instance);
    SetErrorInfo(0, NULL);
    return made;
}

static BOOL load_library(void)
{
    HMODULE module = LoadLibraryW(u"winrttest.noentry.dll");

    SetErrorInfo(0, NULL);
    return module != NULL;
}

static BOOL get_file_name(void)
{
    WCHAR path[4096];

    return GetModuleFileNameW(NULL, path, 4096) != 0;
}

static BOOL convert_text(void)
{
    WCHAR wide[8];
    char narrow[8];

    return MultiByteToWideChar(CP_UTF8, 0, "abc", -1, wide, 8) == 4 &&
           WideCharToMultiByte(CP_UTF8, 0, wide, -1, narrow, 8, NULL, NULL) == 4;
}

static BOOL read_environment(void)
{
    WCHAR value[4096];

    return GetEnvironmentVariableW(u"WINRT_COMPONENT_PATH", value, 4096) != 0;
}

static void fail_each_allocation(void **state)
{
    static const struct {
        const char *name;
        operation run;
        BOOL keeps; /* what it made first stays: a table, a module, the app's identity */
    } operations[] = {
        { "create_string", create_string, FALSE },
        { "copy_reference", copy_reference, FALSE },
        { "preallocate", preallocate, FALSE },
        { "concatenate", concatenate, FALSE },
        { "cut", cut, FALSE },
        { "trim", trim, FALSE },
        { "replace", replace, FALSE },
        { "make_marshaler", make_marshaler, FALSE },
        { "make_guid_text", make_guid_text, FALSE },
        { "make_bstr", make_bstr, FALSE },
        { "make_error_object", make_error_object, FALSE },
        { "originate_error", originate_error, FALSE },
        { "make_event", make_event, TRUE },
        { "set_app_id", set_app_id, TRUE },
        { "activate", activate, TRUE },
        { "load_library", load_library, TRUE },
        { "get_file_name", get_file_name, TRUE },
        { "convert_text", convert_text, FALSE },
        { "read_environment", read_environment, FALSE },
    };
    const struct memory_ops *before;
    size_t i;

    (void)state;
    setenv("WINRT_COMPONENT_PATH", TEST_COMPONENTS, 1);
    check_ok(WindowsCreateString(u"abcabc", 6, &sample));
    check_ok(WindowsCreateString(u"a", 1, &part));
    before = memory_set_ops(&counting_ops);
    for (i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        BOOL made = FALSE;
        int turn;

        for (turn = 0; !made; turn++) {
            long live_before = live;

            assert_in_range(turn, 0, 100);
            allowed = turn;
            failures = 0;
            made = operations[i].run();
            allowed = -1;
            if (made == (failures != 0) || (!operations[i].keeps && live != live_before))
                fail_msg("%s, allocation %d: %s, %ld blocks more", operations[i].name, turn,
                         made ? "succeeded" : "failed", live - live_before);
        }
        assert_true(turn > 1); /* it allocates at all */
    }
    memory_set_ops(before);
    WindowsDeleteString(sample);
    WindowsDeleteString(part);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(fail_each_allocation),
};

TEST_MAIN(tests)
