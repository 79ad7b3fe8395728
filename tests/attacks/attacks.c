/* SPDX-License-Identifier: MIT */
#include "attacks.h"

#include <stdio.h>
#include <string.h>

#define PART(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }
#define ATTACK(name, opening, unit, closing) {name, PART(opening), PART(unit), PART(closing)},
const struct attack attacks[] = {
#include "attacks.def"
};
#undef ATTACK

const size_t attack_count = sizeof attacks / sizeof attacks[0];

static size_t append(unsigned char *bytes, size_t at, const struct attack_part *part)
{
    memcpy(bytes + at, part->bytes, part->length);
    return at + part->length;
}

static const char number_sign[] = "{n}";
enum { SIGN_LENGTH = sizeof number_sign - 1, UNIT_LENGTH = 4096, MOST_NUMBERS = 999 };

/* The unit with a number in place of each {n}; returns its length. */
static size_t numbered(char *out, const struct attack_part *unit, size_t number)
{
    size_t length = 0;
    for (size_t i = 0; i < unit->length && length + 32 < UNIT_LENGTH;) {
        if (unit->length - i >= SIGN_LENGTH &&
            memcmp(unit->bytes + i, number_sign, SIGN_LENGTH) == 0) {
            length += (size_t)snprintf(out + length, UNIT_LENGTH - length, "%zu", number);
            i += SIGN_LENGTH;
        } else {
            out[length++] = unit->bytes[i++];
        }
    }
    return length;
}

size_t attack_fill(const struct attack *attack, unsigned char *bytes, size_t room)
{
    char text[UNIT_LENGTH];
    struct attack_part unit = {text, 0};
    if (room < attack->opening.length + attack->closing.length)
        return 0;
    room -= attack->closing.length;
    size_t at = append(bytes, 0, &attack->opening);
    for (size_t number = 1;; number = number % MOST_NUMBERS + 1) {
        unit.length = numbered(text, &attack->unit, number);
        if (room - at < unit.length)
            break;
        at = append(bytes, at, &unit);
    }
    return append(bytes, at, &attack->closing);
}
