/* SPDX-License-Identifier: MIT */
#include "number.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

/* Any numeric scalar. Integers are kept as a sign and a magnitude, so that all of INT64 and UINT64
 * fit. */
struct number {
    bool is_real, negative;
    UINT64 magnitude;
    double real;
};

struct integer_limits {
    size_t size;  /* bytes; 0 for reals and what is no number */
    UINT64 most;  /* greatest magnitude of a positive one */
    UINT64 least; /* and of a negative one; 0 for unsigned types */
};

static const struct integer_limits integer_limits[] = {
    [PropertyType_UInt8] = { 1, UINT8_MAX, 0 },
    [PropertyType_Int16] = { 2, INT16_MAX, (UINT64)INT16_MAX + 1 },
    [PropertyType_UInt16] = { 2, UINT16_MAX, 0 },
    [PropertyType_Int32] = { 4, INT32_MAX, (UINT64)INT32_MAX + 1 },
    [PropertyType_UInt32] = { 4, UINT32_MAX, 0 },
    [PropertyType_Int64] = { 8, INT64_MAX, (UINT64)INT64_MAX + 1 },
    [PropertyType_UInt64] = { 8, UINT64_MAX, 0 },
    [PropertyType_Double] = { 0, 0, 0 },
};

bool number_is_numeric(PropertyType type)
{
    return type >= PropertyType_UInt8 && type <= PropertyType_Double;
}

static void load_integer(const struct integer_limits *limits, const void *from,
                         struct number *number)
{
    UINT64 bits = 0;
    UINT8 bits8;
    UINT16 bits16;
    UINT32 bits32;

    if (limits->size == 1) {
        memcpy(&bits8, from, 1);
        bits = bits8;
    } else if (limits->size == 2) {
        memcpy(&bits16, from, 2);
        bits = bits16;
    } else if (limits->size == 4) {
        memcpy(&bits32, from, 4);
        bits = bits32;
    } else {
        memcpy(&bits, from, 8);
    }
    number->negative = limits->least && bits > limits->most;
    number->magnitude = number->negative ? 2 * limits->least - bits : bits;
    number->real = number->negative ? -(double)number->magnitude : (double)number->magnitude;
}

static void load_real(PropertyType type, const void *from, struct number *number)
{
    float single;

    number->is_real = true;
    if (type == PropertyType_Single) {
        memcpy(&single, from, sizeof(single));
        number->real = single;
    } else {
        memcpy(&number->real, from, sizeof(number->real));
    }
}

/* Gives a real its nearest integer as sign and magnitude; false if that is beyond 64 bits, or it is
 * not a number. */
static bool round_real(struct number *number)
{
    double rest, real = number->real;

    number->negative = real < 0;
    if (number->negative)
        real = -real;
    if (!(real < 18446744073709551616.0))
        return false;
    number->magnitude = (UINT64)real;
    rest = real - (double)number->magnitude;
    if (rest > 0.5 || (rest == 0.5 && (number->magnitude & 1)))
        number->magnitude++;
    return true;
}

static HRESULT store_integer(const struct integer_limits *limits, struct number *number, void *to)
{
    UINT64 bits;
    UINT8 bits8;
    UINT16 bits16;
    UINT32 bits32;

    if (number->is_real && !round_real(number))
        return DISP_E_OVERFLOW;
    if (number->magnitude > (number->negative ? limits->least : limits->most))
        return DISP_E_OVERFLOW;

    bits = number->negative ? 0 - number->magnitude : number->magnitude;
    bits8 = (UINT8)bits;
    bits16 = (UINT16)bits;
    bits32 = (UINT32)bits;
    if (limits->size == 1)
        memcpy(to, &bits8, 1);
    else if (limits->size == 2)
        memcpy(to, &bits16, 2);
    else if (limits->size == 4)
        memcpy(to, &bits32, 4);
    else
        memcpy(to, &bits, 8);
    return S_OK;
}

static HRESULT store_real(PropertyType type, const struct number *number, void *to)
{
    const double real = number->real;
    const bool finite = real - real == 0;
    float single;

    if (type == PropertyType_Single) {
        if (finite && (real > FLT_MAX || real < -FLT_MAX))
            return DISP_E_OVERFLOW;
        single = (float)real;
        memcpy(to, &single, sizeof(single));
    } else {
        memcpy(to, &real, sizeof(real));
    }
    return S_OK;
}

HRESULT number_convert(PropertyType from_type, const void *from, PropertyType to_type, void *to)
{
    struct number number = { 0 };

    if (integer_limits[from_type].size)
        load_integer(&integer_limits[from_type], from, &number);
    else
        load_real(from_type, from, &number);
    if (integer_limits[to_type].size)
        return store_integer(&integer_limits[to_type], &number, to);
    return store_real(to_type, &number, to);
}
