/* SPDX-License-Identifier: MIT */
/*
 * Sequences of calls on a few HSTRINGs, each of which is known as an array of code units, too. What
 * every function answers follows from those.
 */
#include <windows.h>
#include <winstring.h>

#include <string.h>

#include "fuzz.h"

#define SLOTS 6
#define UNITS 300

struct model {
    WCHAR units[UNITS + 1];
    UINT32 length;
};

struct slot {
    HSTRING string;
    struct model model;
    HSTRING_HEADER header; /* of a string reference, whose characters are `units` */
    WCHAR units[UNITS + 1];
};

static struct slot slots[SLOTS];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    return 0;
}

/* Few different units, so that parts of strings are found in others; and the odd ones. */
static UINT32 take_units(struct fuzz_input *input, WCHAR *units)
{
    static const WCHAR odd[] = { 0, 0xd800, 0xdc00, 0xffff, 0xfeff, ' ', 0x100, 'A' };
    const uint8_t *bytes;
    size_t length = fuzz_bytes(input, 64, &bytes);

    for (size_t i = 0; i < length; i++)
        units[i] = bytes[i] < 0x40 ? odd[bytes[i] % 8] : bytes[i] & 0x43;
    units[length] = 0;
    return (UINT32)length;
}

static void check_slot(const struct slot *slot)
{
    UINT32 length = 12345;
    const WCHAR *text = WindowsGetStringRawBuffer(slot->string, &length);
    BOOL has_null = 2;
    HRESULT hr;

    REQUIRE(text && length == slot->model.length && !text[length]);
    REQUIRE(!length || !memcmp(text, slot->model.units, length * sizeof(WCHAR)));
    REQUIRE(WindowsGetStringLen(slot->string) == length);
    REQUIRE(!slot->string == !length && WindowsIsStringEmpty(slot->string) == !length);
    hr = WindowsStringHasEmbeddedNull(slot->string, &has_null);
    REQUIRE(hr == S_OK);
    for (UINT32 i = 0; i < length; i++)
        has_null -= !slot->model.units[i] && has_null;
    REQUIRE(!has_null);
}

static void drop(struct slot *slot)
{
    REQUIRE(WindowsDeleteString(slot->string) == S_OK);
    slot->string = NULL;
    slot->model.length = 0;
}

/* The slot has what a function answered; a result that is too long for the model goes again. */
static void put(struct slot *slot, HSTRING string, const WCHAR *units, UINT32 length)
{
    struct model model;

    if (length > UNITS) {
        REQUIRE(WindowsGetStringLen(string) == length);
        REQUIRE(WindowsDeleteString(string) == S_OK);
        return;
    }
    memcpy(model.units, units, length * sizeof(WCHAR));
    model.length = length;
    drop(slot);
    slot->string = string;
    slot->model = model;
    check_slot(slot);
}

static struct slot *any(struct fuzz_input *input)
{
    return &slots[fuzz_below(input, SLOTS)];
}

static void make(struct fuzz_input *input)
{
    WCHAR units[65];
    UINT32 length = take_units(input, units);
    HSTRING string;

    REQUIRE(WindowsCreateString(units, length, &string) == S_OK);
    put(any(input), string, units, length);
}

static void refer(struct fuzz_input *input)
{
    struct slot *slot = any(input);
    HRESULT hr;

    drop(slot);
    slot->model.length = take_units(input, slot->units);
    if (fuzz_below(input, 8) == 7)
        slot->units[slot->model.length] = 'x';
    memcpy(slot->model.units, slot->units, sizeof(slot->units));
    hr =
        WindowsCreateStringReference(slot->units, slot->model.length, &slot->header, &slot->string);
    if (slot->units[slot->model.length]) {
        REQUIRE(hr == E_STRING_NOT_NULL_TERMINATED && !slot->string);
        slot->model.length = 0;
    } else {
        REQUIRE(hr == S_OK);
    }
    check_slot(slot);
}

static void duplicate(struct fuzz_input *input)
{
    struct slot *from = any(input);
    HSTRING string;

    REQUIRE(WindowsDuplicateString(from->string, &string) == S_OK);
    put(any(input), string, from->model.units, from->model.length);
}

static void take_part(struct fuzz_input *input)
{
    struct slot *from = any(input);
    bool to_end = fuzz_below(input, 2);
    UINT32 start = fuzz_u8(input), length = fuzz_u8(input);
    HSTRING string;
    HRESULT hr;

    if (start == 255)
        start = UINT32_MAX - length / 2;
    if (length == 255)
        length = UINT32_MAX;
    if (to_end) {
        hr = WindowsSubstring(from->string, start, &string);
        length = start <= from->model.length ? from->model.length - start : 0;
    } else {
        hr = WindowsSubstringWithSpecifiedLength(from->string, start, length, &string);
    }
    if ((uint64_t)start + length > from->model.length) {
        REQUIRE(hr == E_BOUNDS && !string);
        return;
    }
    REQUIRE(hr == S_OK);
    put(any(input), string, from->model.units + start, length);
}

static void concatenate(struct fuzz_input *input)
{
    struct slot *one = any(input), *other = any(input);
    WCHAR units[2 * UNITS];
    HSTRING string;

    memcpy(units, one->model.units, one->model.length * sizeof(WCHAR));
    memcpy(units + one->model.length, other->model.units, other->model.length * sizeof(WCHAR));
    REQUIRE(WindowsConcatString(one->string, other->string, &string) == S_OK);
    put(any(input), string, units, one->model.length + other->model.length);
}

static bool has(const struct model *set, WCHAR unit)
{
    for (UINT32 i = 0; i < set->length; i++) {
        if (set->units[i] == unit)
            return true;
    }
    return false;
}

static void trim(struct fuzz_input *input)
{
    struct slot *from = any(input), *set = any(input);
    bool at_end = fuzz_below(input, 2);
    UINT32 start = 0, end = from->model.length;
    HSTRING string;
    HRESULT hr;

    hr = at_end ? WindowsTrimStringEnd(from->string, set->string, &string)
                : WindowsTrimStringStart(from->string, set->string, &string);
    if (!set->model.length) {
        REQUIRE(hr == E_INVALIDARG && !string);
        return;
    }
    REQUIRE(hr == S_OK);
    while (!at_end && start < end && has(&set->model, from->model.units[start]))
        start++;
    while (at_end && end > start && has(&set->model, from->model.units[end - 1]))
        end--;
    put(any(input), string, from->model.units + start, end - start);
}

static void replace(struct fuzz_input *input)
{
    const struct slot *from = any(input), *part = any(input), *by = any(input);
    const struct model *text = &from->model;
    static WCHAR units[UNITS * UNITS];
    UINT32 length = 0, at = 0;
    HSTRING string;
    HRESULT hr;

    hr = WindowsReplaceString(from->string, part->string, by->string, &string);
    if (!part->model.length) {
        REQUIRE(hr == E_INVALIDARG && !string);
        return;
    }
    REQUIRE(hr == S_OK);
    while (at < text->length) {
        if (text->length - at >= part->model.length &&
            !memcmp(text->units + at, part->model.units, part->model.length * sizeof(WCHAR))) {
            memcpy(units + length, by->model.units, by->model.length * sizeof(WCHAR));
            length += by->model.length;
            at += part->model.length;
        } else {
            units[length++] = text->units[at++];
        }
    }
    put(any(input), string, units, length);
}

static void compare(struct fuzz_input *input)
{
    const struct slot *one = any(input), *other = any(input);
    INT32 order = 5, expected = 0, back = 5;

    for (UINT32 i = 0; !expected; i++) {
        bool one_ends = i == one->model.length, other_ends = i == other->model.length;

        if (one_ends || other_ends) {
            expected = other_ends - one_ends;
            break;
        }
        expected = (one->model.units[i] > other->model.units[i]) -
                   (one->model.units[i] < other->model.units[i]);
    }
    REQUIRE(WindowsCompareStringOrdinal(one->string, other->string, &order) == S_OK);
    REQUIRE(WindowsCompareStringOrdinal(other->string, one->string, &back) == S_OK);
    REQUIRE(order == expected && back == -expected);
}

static void fill_buffer(struct fuzz_input *input)
{
    WCHAR units[65], *text = NULL;
    UINT32 length = take_units(input, units);
    HSTRING_BUFFER buffer;
    HSTRING string;

    REQUIRE(WindowsPreallocateStringBuffer(length, &text, &buffer) == S_OK);
    REQUIRE(text && !text[length] && !buffer == !length);
    memcpy(text, units, length * sizeof(WCHAR));
    switch (fuzz_below(input, 3)) {
    case 0:
        REQUIRE(WindowsDeleteStringBuffer(buffer) == S_OK);
        return;
    case 1:
        if (!length)
            break;
        text[length] = 'x';
        REQUIRE(WindowsPromoteStringBuffer(buffer, &string) == E_INVALIDARG && !string);
        text[length] = 0;
        break;
    }
    REQUIRE(WindowsPromoteStringBuffer(buffer, &string) == S_OK);
    put(any(input), string, units, length);
}

static void forget(struct fuzz_input *input)
{
    drop(any(input));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const calls[])(struct fuzz_input *) = {
        make, refer, duplicate, take_part, concatenate, trim, replace, compare, fill_buffer, forget,
    };
    struct fuzz_input input = fuzz_input(data, size);

    while (fuzz_left(&input)) {
        calls[fuzz_below(&input, sizeof(calls) / sizeof(calls[0]))](&input);
        for (size_t i = 0; i < SLOTS; i++)
            check_slot(&slots[i]);
    }
    for (size_t i = 0; i < SLOTS; i++)
        drop(&slots[i]);
    return 0;
}
