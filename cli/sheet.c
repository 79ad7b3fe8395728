/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "sheet.h"

static const char ellipsis[] = "\xE2\x80\xA6";

/* ----------------------------------------------------------------------------- characters -- */

/* Bytes of the character at @p text, and its code point; ill-formed bytes are U+FFFD, each one. */
static size_t character_at(const char *text, size_t length, unsigned long *point)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t size = at[0] < 0x80 ? 1 : at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    unsigned long value = size == 1 ? at[0] : size > 0 ? at[0] & (0x7Fu >> size) : 0;
    for (size_t i = 1; i < size; i++) {
        if (i >= length || (at[i] & 0xC0) != 0x80)
            size = 0;
        else
            value = value << 6 | (at[i] & 0x3F);
    }
    bool ill = size == 0 || value > 0x10FFFF || (size == 3 && value < 0x800) ||
               (size == 4 && value < 0x10000) || (value >= 0xD800 && value <= 0xDFFF);
    *point = ill ? 0xFFFD : value;
    return ill ? 1 : size;
}

/* Controls, and the marks that turn the direction of writing. */
static bool is_harmful(unsigned long point)
{
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

/* Columns on the screen: marks that stand over a letter have none. */
static size_t columns_of(unsigned long point)
{
    bool none = (point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200F) ||
                point == 0xFEFF;
    return none ? 0 : 1;
}

static size_t width_of(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t at = 0; at < length;) {
        unsigned long point = 0;
        at += character_at(text + at, length - at, &point);
        width += columns_of(point);
    }
    return width;
}

/* Bytes of the longest beginning that fits into @p width columns. */
static size_t fitting(const char *text, size_t length, size_t width)
{
    size_t used = 0, at = 0;
    while (at < length) {
        unsigned long point = 0;
        size_t size = character_at(text + at, length - at, &point);
        used += columns_of(point);
        if (used > width)
            break;
        at += size;
    }
    return at;
}

/* ---------------------------------------------------------------------------------- lines -- */

static void add_raw(struct line *line, const char *bytes, size_t length)
{
    /* Room is kept for the sign that says that something is missing. */
    if (line->cut || length > LINE_SIZE - sizeof ellipsis - line->length) {
        if (!line->cut) {
            memcpy(line->data + line->length, ellipsis, sizeof ellipsis - 1);
            line->length += sizeof ellipsis - 1;
        }
        line->cut = true;
        return;
    }
    memcpy(line->data + line->length, bytes, length);
    line->length += length;
}

void line_add_bytes(struct line *line, const char *text, size_t length)
{
    for (size_t at = 0; at < length && !line->cut;) {
        unsigned long point = 0;
        size_t size = character_at(text + at, length - at, &point);
        if (point == '\n' || point == '\t')
            add_raw(line, " ", 1);
        else if (point == 0xFFFD || is_harmful(point))
            add_raw(line, "\xEF\xBF\xBD", 3);
        else
            add_raw(line, text + at, size);
        at += size;
    }
}

void line_add(struct line *line, const char *text)
{
    if (text != NULL)
        line_add_bytes(line, text, strlen(text));
}

void line_add_number(struct line *line, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    add_raw(line, digits + at, sizeof digits - at);
}

void line_pad(struct line *line, size_t column)
{
    do {
        add_raw(line, " ", 1);
    } while (!line->cut && width_of(line->data, line->length) < column);
}

/* ---------------------------------------------------------------------------------- sheet -- */

static bool put_blanks(struct sheet *sheet, size_t count)
{
    static const char blanks[] = "                                ";
    bool fine = true;
    while (fine && count > 0) {
        size_t piece = count < sizeof blanks - 1 ? count : sizeof blanks - 1;
        fine = bytes_add(sheet->out, blanks, piece);
        count -= piece;
    }
    return fine;
}

static bool put_bold(struct sheet *sheet, const char *text, size_t length)
{
    if (!sheet->bold)
        return bytes_add(sheet->out, text, length);
    return bytes_add_text(sheet->out, "\033[1m") && bytes_add(sheet->out, text, length) &&
           bytes_add_text(sheet->out, "\033[0m");
}

/* The margin with the label, if one waits, up to the column of the values. */
static bool put_label(struct sheet *sheet, size_t indent)
{
    const char *label = sheet->label;
    sheet->label = NULL;
    if (label == NULL)
        return put_blanks(sheet, SHEET_LABELS + indent);
    size_t width = SHEET_MARGIN + width_of(label, strlen(label));
    return put_blanks(sheet, SHEET_MARGIN) && put_bold(sheet, label, strlen(label)) &&
           put_blanks(sheet, (width < SHEET_LABELS ? SHEET_LABELS - width : 1) + indent);
}

bool sheet_heading(struct sheet *sheet, const struct line *line)
{
    return put_bold(sheet, line->data, line->length) && bytes_add_text(sheet->out, "\n");
}

bool sheet_wrapped(struct sheet *sheet, const struct line *line, size_t indent)
{
    size_t room = SHEET_WIDTH - SHEET_LABELS - indent;
    const char *text = line->data;
    size_t left = line->length;
    bool fine = true;
    while (fine && left > 0) {
        size_t fit = fitting(text, left, room), end = fit;
        /* Back to the last blank; a word that is longer than a line is broken. */
        while (end > 0 && end < left && text[end] != ' ')
            end--;
        if (end == 0)
            end = fit;
        fine = put_label(sheet, indent) && bytes_add(sheet->out, text, end) &&
               bytes_add_text(sheet->out, "\n");
        while (end < left && text[end] == ' ')
            end++;
        text += end;
        left -= end;
    }
    return fine;
}

bool sheet_cut(struct sheet *sheet, const struct line *line, size_t indent)
{
    size_t room = SHEET_WIDTH - SHEET_LABELS - indent;
    size_t end = fitting(line->data, line->length, room);
    bool cut = end < line->length;
    if (cut) {
        /* After a whole word, unless that would cost most of the line. */
        size_t fit = end = fitting(line->data, line->length, room - 1);
        while (end > 0 && line->data[end] != ' ')
            end--;
        if (end < fit / 2)
            end = fit;
        while (end > 0 && line->data[end - 1] == ' ')
            end--;
    }
    return put_label(sheet, indent) && bytes_add(sheet->out, line->data, end) &&
           bytes_add_text(sheet->out, cut ? "\xE2\x80\xA6\n" : "\n");
}
