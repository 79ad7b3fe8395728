/* SPDX-License-Identifier: MIT */
/* Lines: where they begin and end, and which of them are no part of the letter's text. */
#include "layout.h"

#include <string.h>

#include "fields/fields.h"

void cchci_layout_lines(struct cchci_parse *parse)
{
    const struct cchci_text *text = parse->text;
    struct cchci_vector *lines = &parse->layout->lines;
    bool blank = false;
    for (uint32_t begin = 0; begin < text->count;) {
        const unsigned char *stop = memchr(text->key + begin, '\n', text->count + 1 - begin);
        uint32_t end = (uint32_t)(stop - text->key);
        uint32_t from = begin, to = end, indent = 0;
        while (from < to && (text->key[from] == ' ' || text->key[from] == '\t' ||
                             text->key[from] == CCHCI_KEY_MARKUP)) {
            if (text->key[from] == ' ')
                indent++;
            else if (text->key[from] == '\t')
                indent += 8 - indent % 8;
            from++;
        }
        while (to > from && (text->key[to - 1] == ' ' || text->key[to - 1] == '\t' ||
                             text->key[to - 1] == CCHCI_KEY_MARKUP))
            to--;
        if (from == to) {
            blank = true;
        } else {
            struct cchci_line *line = CCHCI_PUSH(lines, parse->arena, struct cchci_line);
            line->begin = from;
            line->end = to;
            line->indent = indent;
            line->blank_before = blank;
            blank = false;
        }
        begin = end + 1;
    }
}
