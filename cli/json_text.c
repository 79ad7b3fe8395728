/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "json_text.h"

/* How many bytes the character at @p text has; 0: it is ill-formed. */
static size_t character_length(const unsigned char *text)
{
    static const struct {
        unsigned char low, high, second_low, second_high;
        size_t length;
    } shapes[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (text[0] < shapes[i].low || text[0] > shapes[i].high)
            continue;
        size_t length = 1;
        if (shapes[i].length > 1 &&
            (text[1] < shapes[i].second_low || text[1] > shapes[i].second_high))
            return 0;
        for (length = 2; length < shapes[i].length; length++)
            if ((text[length] & 0xC0) != 0x80)
                return 0;
        return shapes[i].length;
    }
    return 0;
}

bool json_add_string(struct bytes *out, const char *string)
{
    const unsigned char *at = (const unsigned char *)string;
    bool fine = bytes_add_text(out, "\"");
    while (fine && *at != '\0') {
        char escape[8];
        size_t length = character_length(at);
        if (*at == '"' || *at == '\\' || *at < 0x20) {
            (void)snprintf(escape, sizeof escape, "\\u%04X", (unsigned)*at);
            fine = bytes_add_text(out, escape);
        } else if (length == 0) {
            fine = bytes_add_text(out, "\xEF\xBF\xBD");
        } else {
            fine = bytes_add(out, at, length);
        }
        at += length > 0 ? length : 1;
    }
    return fine && bytes_add_text(out, "\"");
}

bool json_add_text(struct bytes *out, const char *string)
{
    return string != NULL ? json_add_string(out, string) : bytes_add_text(out, "null");
}

bool json_add_member(struct bytes *out, const char *head, const char *string)
{
    return bytes_add_text(out, head) && json_add_text(out, string);
}
