/* SPDX-License-Identifier: MIT */
/*
 * What Windows C++ code has of its own or from a template library: a reference that is counted, a
 * string reference, handlers that are derived from the templates in ABI::Windows::Foundation, and
 * waiting for whatever asynchronous operation by its type.
 *
 * (An assertion that fails leaves by longjmp, which runs no destructor: the process is at its end
 * then.)
 */
#ifndef WINRT_TEST_API_CXX_CLIENT_H
#define WINRT_TEST_API_CXX_CLIENT_H

#define NOMINMAX /* or std::min is read as a macro of the Windows headers */

#include <atomic>
#include <csetjmp>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <windows.h>
#include <objidl.h>
#include <roapi.h>
#include <winstring.h>
#include <windows.foundation.h>

extern "C" {
#include "check.h"
#include "hstrings.h"
#include "test_main.h"
}

constexpr DWORD wait_ms = 30000;

/* One reference to an interface; also what an out parameter is received in. */
template <typename Interface> class Ref {
  public:
    Ref() = default;
    Ref(Ref &&other) noexcept : pointer(std::exchange(other.pointer, nullptr))
    {
    }
    Ref(const Ref &) = delete;
    Ref &operator=(const Ref &) = delete;
    ~Ref()
    {
        reset();
    }

    void reset()
    {
        if (Interface *last = std::exchange(pointer, nullptr))
            last->Release();
    }

    /* Gives up the last one, which others may have for a moment longer. */
    void last_reset()
    {
        check_last_release_soon(pointer);
    }

    Interface **out()
    {
        reset();
        return &pointer;
    }

    Interface *get() const
    {
        return pointer;
    }

    Interface *operator->() const
    {
        return pointer;
    }

    template <typename Other> Ref<Other> as() const
    {
        Ref<Other> other;

        check_ok(pointer->QueryInterface(IID_PPV_ARGS(other.out())));
        return other;
    }

  private:
    Interface *pointer = nullptr;
};

/* A string on the stack, without a copy, as arguments are passed. */
class StringReference {
  public:
    template <std::size_t size> explicit StringReference(const WCHAR (&text)[size])
    {
        check_ok(WindowsCreateStringReference(text, size - 1, &header, &string));
    }
    StringReference(const StringReference &) = delete;
    StringReference &operator=(const StringReference &) = delete;

    operator HSTRING() const
    {
        return string;
    }

  private:
    HSTRING_HEADER header;
    HSTRING string = nullptr;
};

/* A string that came out. */
class String {
  public:
    String() = default;
    String(const String &) = delete;
    String &operator=(const String &) = delete;
    ~String()
    {
        WindowsDeleteString(string);
    }

    HSTRING *out()
    {
        return &string;
    }

    operator HSTRING() const
    {
        return string;
    }

  private:
    HSTRING string = nullptr;
};

/* The factory of a class, asked for one of its interfaces. */
template <typename Interface, std::size_t size>
Ref<Interface> activation_factory(const WCHAR (&class_name)[size])
{
    Ref<Interface> factory;

    check_ok(RoGetActivationFactory(StringReference(class_name), IID_PPV_ARGS(factory.out())));
    return factory;
}

/* IUnknown of a handler, which starts with one reference. */
template <typename Interface> class Handler : public Interface {
  public:
    virtual ~Handler() = default;

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void **object) override
    {
        const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IAgileObject) ||
                           iid == __uuidof(Interface);

        *object = known ? this : nullptr;
        references += known;
        return known ? S_OK : E_NOINTERFACE;
    }

    ULONG STDMETHODCALLTYPE AddRef() override
    {
        return ++references;
    }

    ULONG STDMETHODCALLTYPE Release() override
    {
        const ULONG left = --references;

        if (left == 0)
            delete this;
        return left;
    }

  private:
    std::atomic<ULONG> references{ 1 };
};

/* Which handler of its end an asynchronous type takes. */
template <typename Async> struct CompletedHandlerOf;
template <typename Result>
struct CompletedHandlerOf<ABI::Windows::Foundation::IAsyncOperation<Result>> {
    using type = ABI::Windows::Foundation::IAsyncOperationCompletedHandler<Result>;
};
template <typename Result, typename Progress>
struct CompletedHandlerOf<ABI::Windows::Foundation::IAsyncOperationWithProgress<Result, Progress>> {
    using type =
        ABI::Windows::Foundation::IAsyncOperationWithProgressCompletedHandler<Result, Progress>;
};

/* Records the end of an operation. */
template <typename Async>
class Completion final : public Handler<typename CompletedHandlerOf<Async>::type> {
  public:
    ~Completion() override
    {
        CloseHandle(event);
    }

    HRESULT STDMETHODCALLTYPE Invoke(Async *from, AsyncStatus status) override
    {
        sender = from;
        final_status = status;
        SetEvent(event);
        return S_OK;
    }

    AsyncStatus wait(Async *async)
    {
        assert_int_equal(WaitForSingleObject(event, wait_ms), WAIT_OBJECT_0);
        assert_ptr_equal(sender, async);
        return final_status;
    }

  private:
    HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    Async *sender = nullptr; /* for comparing */
    AsyncStatus final_status = AsyncStatus::Started;
};

/* The final status of an operation that nobody waits for yet. */
template <typename Async> AsyncStatus await(const Ref<Async> &async)
{
    auto *completion = new Completion<Async>;

    check_ok(async->put_Completed(completion));
    const AsyncStatus status = completion->wait(async.get());
    check_last_release_soon(completion);
    return status;
}

/* The result of an operation that must end well. */
template <typename Result, typename Async> Ref<Result> result_of(const Ref<Async> &async)
{
    Ref<Result> result;

    assert_int_equal(await(async), AsyncStatus::Completed);
    check_ok(async->GetResults(result.out()));
    return result;
}

#endif
