# SPDX-License-Identifier: MIT
"""Bodies whose every byte is known by its offset: byte i is (k ^ k >> 8) & 255 with k = i modulo 65521. The period is
a prime, so that a block that lands at a wrong power-of-two offset is noticed. tests/support/pattern.h has it in C."""

PERIOD = 65521
BLOCK = bytes((k ^ k >> 8) & 255 for k in range(PERIOD))
PIECE = 1 << 18


def pattern(offset, length):
    start = offset % PERIOD
    copies = (start + length) // PERIOD + 1
    return (BLOCK * copies)[start:start + length]


def pieces(offset, length, largest=PIECE):
    end = offset + length
    while offset < end:
        count = min(largest, PIECE, end - offset)
        yield pattern(offset, count)
        offset += count
