/* SPDX-License-Identifier: MIT */
/* Nơi nhận and the archive line Lưu (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.9b). */
#include <string.h>

#include "items.h"
#include "layout/closing.h"
#include "layout/grid.h"
#include "layout/words.h"
#include "segments.h"
#include "text/eight.h"
#include "text/take.h"

/* --------------------------------------------------------------------------------- purposes -- */

/* The parentheses that close an item, if they say what the copy is for; they may be left unclosed
 * by OCR. */
static bool find_purpose(const struct cchci_flow *flow, const struct cchci_item *item,
                         uint32_t *open, uint32_t *begin, uint32_t *end)
{
    uint32_t stop = item->end;
    if (cchci_next_key(flow->key, item->begin, stop, '(') == stop)
        return false;
    for (uint32_t i = item->begin; i + 1 < item->end; i++)
        if (flow->key[i] == ')' && flow->key[i + 1] == ';') {
            stop = i + 1; /* what follows is a trace of the signature's column */
            break;
        }
    while (stop > item->begin && !cchci_is_word(flow->key[stop - 1]) && flow->key[stop - 1] != ')')
        stop--;
    uint32_t at = stop;
    while (at > item->begin && flow->key[at - 1] != '(' && stop - at < 80)
        at--;
    if (at == item->begin || flow->key[at - 1] != '(')
        return false;
    *open = at - 1;
    *begin = at;
    *end = stop > at && flow->key[stop - 1] == ')' ? stop - 1 : stop;
    while (*begin < *end && flow->key[*begin] == ' ')
        ++*begin;
    while (*end > *begin && flow->key[*end - 1] == ' ')
        --*end;
    for (uint32_t i = *begin; i < *end; i++)
        if (flow->key[i] == ')')
            return false;
    return cchci_lexicon_at(CCHCI_TOPIC_PURPOSES, flow->key, *end, *begin) != NULL;
}

static bool says_same(const struct cchci_flow *flow, const struct cchci_item *item)
{
    static const char *const forms[] = {"nhu tren",    "nhu kinh gui", "nhu kinh goi",
                                        "nhu noi gui", "nhu k/g",      NULL};
    for (int i = 0; forms[i] != NULL; i++)
        if (cchci_flow_words(flow, item->begin, forms[i]) > 0)
            return true;
    return false;
}

static void add_recipient(struct cchci_parse *parse, const struct cchci_flow *flow,
                          const struct cchci_item *item)
{
    cchc_recipient *recipient =
        CCHCI_PUSH(&parse->record->recipients, parse->arena, cchc_recipient);
    uint32_t open = item->end, begin, end, text_end;
    struct cchci_item said = *item;
    recipient->same_as_addressees = says_same(flow, item);
    if (recipient->same_as_addressees) /* behind its closing sign is a trace of the signature */
        said.end = cchci_next_key(flow->key, item->begin, item->end, ';');
    item = &said;
    text_end = said.end;
    if (find_purpose(flow, item, &open, &begin, &end)) {
        recipient->purpose = cchci_flow_string(flow, begin, end, CCHCI_WORDS);
        text_end = open;
        while (text_end > item->begin &&
               (flow->key[text_end - 1] == ' ' || flow->key[text_end - 1] == ';'))
            text_end--;
    }
    recipient->text = cchci_flow_text(flow, item->begin, text_end, CCHCI_WORDS);
}

/* ---------------------------------------------------------------------------------- archive -- */

static bool all_upper(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t letters = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (flow->key[i] >= 'a' && flow->key[i] <= 'z')
            return false;
        letters += cchci_is_upper(flow->key[i]);
    }
    return letters > 0;
}

/* "5", "2b", "3 bản" as a number; -1: no number. */
static long copies_in(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    long value = 0;
    uint32_t i = begin;
    while (i < end && cchci_is_digit(flow->key[i]) && i - begin < 4)
        value = value * 10 + (flow->key[i++] - '0');
    if (i == begin)
        return -1;
    if (i < end && cchci_lower(flow->key[i]) == 'b')
        i++;
    while (i < end && (cchci_is_letter(flow->key[i]) || flow->key[i] == ' '))
        i++;
    return i == end && value > 0 ? value : -1;
}

#define INITIALS 4u /* in a sign of capitals */

/* Whether what stands where a typist's sign may is one: initials or a name, of two letters at least. A
 * scribble has other signs in it, letters that Vietnamese has not, or a capital without a vowel ("£t",
 * "Wy", "Cc"); a number of copies may be damaged ("Ib", "42.b", "CC b2"); an office has a number behind
 * capitals, or more of them than initials ("CST2", "KSTTHC"). */
static bool is_sign(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    unsigned letters = 0, upper = 0, vowels = 0, digits = 0;
    for (uint32_t i = begin; i < end; i++) {
        unsigned char key = cchci_lower(flow->key[i]);
        if (!cchci_is_word(key) && memchr(" .,-'", key, 5) == NULL)
            return false;
        letters += cchci_is_letter(key);
        upper += cchci_is_upper(flow->key[i]);
        vowels += memchr("aeiouy", key, 6) != NULL;
        digits += cchci_is_digit(key);
    }
    if (letters < 2 || (letters == 2 && cchci_lower(flow->key[end - 1]) == 'b'))
        return false;
    if (upper == letters)
        return letters <= INITIALS && digits == 0;
    bool foreign = letters == 2 && memchr("fjwz", cchci_lower(flow->key[begin]), 4) != NULL;
    bool initial = memchr("ghr", flow->key[begin + 1], 3) != NULL; /* "Ng", "Th", "Tr212" */
    return upper == 0 || initial || (vowels > 0 && !foreign);
}

struct archive_parts {
    struct cchci_vector units; /* const char * */
    const char *typist;
    long copies;
};

/* "(5)", "(2b)", "(Dũng)", "(Vũ 45)" behind a unit. */
static void read_brackets(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                          struct archive_parts *parts)
{
    while (begin < end && flow->key[begin] == ' ')
        begin++;
    while (end > begin && flow->key[end - 1] == ' ')
        end--;
    uint32_t comma = end; /* "(VT, CCHC, 06b)": offices inside an office, and its copies */
    while (comma > begin && flow->key[comma - 1] != ',')
        comma--;
    if (comma > begin && all_upper(flow, begin, comma)) {
        while (comma < end && flow->key[comma] == ' ')
            comma++;
        parts->copies = copies_in(flow, comma, end);
        return;
    }
    uint32_t dash = begin; /* "(ntpnghia-6,19)" */
    while (dash < end && flow->key[dash] >= 'a' && flow->key[dash] <= 'z')
        dash++;
    uint32_t sign = dash;
    while (dash < end && (flow->key[dash] == ' ' || flow->key[dash] == '-'))
        dash++;
    if (sign - begin >= 2 && dash > sign && dash < end && cchci_is_digit(flow->key[dash]) &&
        memchr(flow->key + sign, '-', dash - sign) != NULL)
        end = sign;
    long copies = copies_in(flow, begin, end);
    if (copies >= 0) {
        parts->copies = copies;
        return;
    }
    uint32_t letters = 0; /* "(6; 3)", "(4+3)" say how many go where: neither a sum nor a sign */
    for (uint32_t i = begin; i < end; i++)
        letters += cchci_is_letter(flow->key[i]);
    if (letters == 0)
        return;
    uint32_t number = end;
    while (number > begin && cchci_is_digit(flow->key[number - 1]))
        number--;
    if (number < end && number > begin && flow->key[number - 1] == ' ') {
        parts->copies = copies_in(flow, number, end);
        end = number - 1;
    }
    if (parts->typist == NULL && is_sign(flow, begin, end))
        parts->typist = cchci_flow_string(flow, begin, end, CCHCI_WORDS);
}

/* A unit, or a typist's sign behind another one. */
static void take_unit(const struct cchci_parse *parse, const struct cchci_flow *flow,
                      uint32_t begin, uint32_t end, struct archive_parts *parts)
{
    bool lower_start = flow->key[begin] >= 'a' && flow->key[begin] <= 'z';
    uint32_t words = 1;
    for (uint32_t i = begin; i < end; i++)
        words += flow->key[i] == ' ';
    bool name = !lower_start && words == 1 && !all_upper(flow, begin, end) &&
                parts->units.count > 0 && end - begin >= 2 && cchci_is_upper(flow->key[begin]) &&
                !cchci_is_upper(flow->key[begin + 1]);
    bool website = cchci_flow_words(flow, begin, "website") > 0;
    if ((lower_start && parts->units.count > 0 && words == 1 && !website) || name) {
        if (parts->typist == NULL)
            parts->typist = cchci_flow_string(flow, begin, end, CCHCI_WORDS);
        return;
    }
    const char **unit = CCHCI_PUSH(&parts->units, parse->arena, const char *);
    *unit = cchci_flow_string(flow, begin, end, CCHCI_WORDS);
}

/* "6.14.02": the number of the file that keeps the letter. */
static bool is_file_number(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t dots = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (!cchci_is_digit(flow->key[i]) && flow->key[i] != '.')
            return false;
        dots += flow->key[i] == '.';
    }
    return dots > 0;
}

/* The place of the full stop behind which a typist's sign stands, or the file's number: "NVĐP. PL",
 * "CCVTLT.Châu", "VT.6.14.02"; end: there is none. Only a unit in capitals may have one behind it. */
static uint32_t stop_before_sign(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    bool upper = false;
    for (uint32_t i = begin; i + 1 < end; i++) {
        if (flow->key[i] >= 'a' && flow->key[i] <= 'z')
            break;
        upper |= cchci_is_upper(flow->key[i]);
        if (flow->key[i] == '.' && upper && i - begin >= 2 &&
            (!cchci_is_digit(flow->key[i + 1]) || is_file_number(flow, i + 1, end)))
            return i;
    }
    return end;
}

/* What stands before an entry's brackets: a unit, a typist's sign, or both. */
static void read_words(const struct cchci_parse *parse, const struct cchci_flow *flow,
                       uint32_t begin, uint32_t end, struct archive_parts *parts)
{
    end = cchci_next_key(flow->key, begin, end, ')'); /* "TTHT)2 (6;2)" */
    while (end > begin && (flow->key[end - 1] == ' ' || flow->key[end - 1] == '.'))
        end--;
    uint32_t letter = begin;
    while (letter < end && !cchci_is_letter(flow->key[letter]))
        letter++;
    if (letter == end)
        return;
    uint32_t stop = stop_before_sign(flow, begin, end), unit_end = stop;
    if (stop < end)
        cchci_flow_trim(flow, &begin, &unit_end);
    take_unit(parse, flow, begin, unit_end, parts);
    if (stop == end)
        return;
    uint32_t sign = cchci_skip_blank(flow, stop + 1);
    if (parts->typist == NULL && is_sign(flow, sign, end))
        parts->typist = cchci_flow_string(flow, sign, end, CCHCI_WORDS);
}

/* One entry between commas: words, and brackets behind them; or a list in brackets. */
static void read_entry(const struct cchci_parse *parse, const struct cchci_flow *flow,
                       uint32_t begin, uint32_t end, struct archive_parts *parts)
{
    cchci_flow_trim(flow, &begin, &end);
    uint32_t open = cchci_next_key(flow->key, begin, end, '(');
    if (open == end) {
        read_words(parse, flow, begin, end, parts);
        return;
    }
    uint32_t close = cchci_next_key(flow->key, open + 1, end, ')');
    if (open > begin || parts->units.count > 0 ||
        cchci_next_key(flow->key, open + 1, close, '(') < close) {
        read_brackets(flow, open + 1, close, parts);
        read_words(parse, flow, begin, open, parts);
        return;
    }
    for (uint32_t from = open + 1; from <= close;) { /* "Lưu: (VT, TTHT)" */
        uint32_t next = cchci_next_key(flow->key, from, close, ','), stop = next;
        cchci_flow_trim(flow, &from, &stop);
        read_words(parse, flow, from, stop, parts);
        from = next + 1;
    }
}

/* The archive line ends behind the bracket of its copies or typist, unless a comma goes on; what
 * follows is a trace of the signature. Behind a full stop a typist's sign may stand, a few letters; a
 * single one is none. */
static uint32_t archive_end(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (end > begin + 4 && cchci_is_letter(flow->key[end - 1])) {
        uint32_t stop = cchci_flow_before_blank(flow, end - 1);
        if (flow->key[stop - 1] == '.' && (stop < end - 1 || flow->key[stop - 2] == ')'))
            end = stop - 1;
    }
    for (uint32_t i = begin; (i = cchci_next_key(flow->key, i, end, ')')) < end; i++) {
        uint32_t next = i + 1;
        while (next < end && (flow->key[next] == ' ' || flow->key[next] == '.'))
            next++;
        if (next < end && flow->key[next] != ',' && flow->key[next] != ';' &&
            flow->key[next] != '(' && next > i + 1 && end - next < 16 &&
            !(flow->key[i + 1] == '.' && end - next <= 4 && all_upper(flow, next, end)))
            return i + 1;
    }
    return end;
}

/* "VT. CS (2b)": behind the office that keeps the file, capitals are a unit, its comma misread. */
static bool ends_office(const struct cchci_flow *flow, uint32_t begin, uint32_t at, uint32_t end)
{
    if (flow->key[at] != '.' || cchci_flow_words(flow, begin, "vt") != at - begin)
        return false;
    uint32_t next = cchci_flow_next_word(flow, at, end);
    return next + 1 < end && cchci_is_upper(flow->key[next]) && cchci_is_upper(flow->key[next + 1]);
}

static void read_archive(struct cchci_parse *parse, const struct cchci_flow *flow, uint32_t begin,
                         uint32_t end)
{
    struct archive_parts parts = {{NULL, 0, 0}, NULL, -1};
    int depth = 0;
    uint32_t from = begin;
    for (uint32_t i = begin; i < end; i++) {
        unsigned char key = flow->key[i];
        depth += key == '(' ? 1 : key == ')' && depth > 0 ? -1 : 0;
        if (depth == 0 && (key == ',' || key == ';' || ends_office(flow, from, i, end))) {
            read_entry(parse, flow, from, i, &parts);
            from = i + 1;
        }
    }
    read_entry(parse, flow, from, end, &parts);
    end = archive_end(flow, begin, end);
    bool opened = cchci_next_key(flow->key, begin, end, '(') < end;
    while (!opened && end > begin && (flow->key[end - 1] == ')' || flow->key[end - 1] == ' '))
        end--;
    cchc_archive *archive = &parse->record->archive;
    archive->text = cchci_flow_text(flow, begin, end, CCHCI_WORDS);
    archive->units = parts.units.data;
    archive->unit_count = parts.units.count;
    archive->typist = parts.typist;
    archive->copies = parts.copies;
    /* Dots alone are a place left open. */
    parse->record->has_archive =
        archive->text.data != NULL && cchci_word_characters(flow, begin, end) > 0;
}

#define BULLET_LENGTH 5u /* "` - " and its like */

/* Whether an item's bullet begins a line. *line, at or above the item's, gets its line. */
static bool is_marked(const struct cchci_flow *flow, const struct cchci_item *item, uint32_t *line)
{
    while (*line + 1 < flow->line_count && flow->lines[*line + 1].at <= item->begin)
        ++*line;
    uint32_t at = flow->lines[*line].at;
    return item->begin - at <= BULLET_LENGTH &&
           cchci_closing_starts_item(flow, at, cchci_flow_line_end(flow, *line)) &&
           cchci_flow_next_word(flow, at, item->begin) == item->begin;
}

void cchci_field_recipients(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    const struct cchci_flow *flow = &layout->recipients.flow;
    if (flow->length == 0)
        return;
    struct cchci_vector items = {NULL, 0, 0};
    cchci_items_cut(parse, &layout->recipients, true, &items);
    /* The archive line, behind its bullet, and of it the words behind Lưu; archive_to 0: it goes on. */
    uint32_t archive_from = flow->length, archive_to = 0, kept = 0, kept_end = 0, line = 0;
    bool full = false;
    for (uint32_t i = 0; i < items.count; i++) {
        struct cchci_item item = CCHCI_AT(&items, struct cchci_item, i);
        uint32_t archive = cchci_archive_label(flow, item.begin, item.end);
        if (archive != 0 && kept == 0) {
            archive_from = item.begin;
            kept = archive;
        } else if (kept != 0 && archive_to == 0 && archive == 0 && is_marked(flow, &item, &line)) {
            archive_to = flow->lines[line].at;
        }
        if (kept != 0 && archive_to == 0) {
            /* What was cut off the archive line by its own semicolons comes back to it. */
            kept_end = item.end;
            continue;
        }
        full = full || cchci_list_full(parse, &parse->record->recipients,
                                       "There are more recipients than the limit.");
        if (!full)
            add_recipient(parse, flow, &item);
    }
    if (kept != 0)
        read_archive(parse, flow, kept, kept_end);
    archive_to = archive_to != 0 ? archive_to : flow->length;
    uint32_t group = cchci_new_group(parse);
    const struct cchci_flow *label = &layout->recipients_label.flow;
    cchci_claim_flow(parse, CCHCI_SEGMENT_RECIPIENTS, group, label, 0, label->length);
    if (archive_from > 0)
        cchci_claim_flow(parse, CCHCI_SEGMENT_RECIPIENTS, group, flow, 0, archive_from);
    if (archive_to < flow->length)
        cchci_claim_flow(parse, CCHCI_SEGMENT_RECIPIENTS, group, flow, archive_to, flow->length);
    if (archive_from < archive_to)
        cchci_claim_flow(parse, CCHCI_SEGMENT_ARCHIVE, cchci_new_group(parse), flow, archive_from,
                         archive_to);
}
