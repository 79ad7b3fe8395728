/* SPDX-License-Identifier: MIT */
#include "items.h"

#include <string.h>

#include "layout/markers.h"
#include "layout/words.h"
#include "text/eight.h"

static void add(const struct cchci_parse *parse, const struct cchci_flow *flow, uint32_t begin,
                uint32_t end, struct cchci_vector *items)
{
    while (begin < end && !cchci_is_word(flow->key[begin]) &&
           memchr(" ;.,:-\"|_*~", flow->key[begin], 11) != NULL)
        begin++;
    /* Closing signs, and the specks and rules that a scanner adds. */
    while (end > begin && !cchci_is_word(flow->key[end - 1]) &&
           memchr(" ;.,/-:|_*~`'\xFF", flow->key[end - 1], 14) != NULL)
        end--;
    if (begin >= end)
        return;
    /* "Như Điều 3; (Đã ký)": from the signature's column. */
    for (uint32_t i = cchci_next_key(flow->key, begin + 1, end, '('); i < end; i++)
        if (flow->key[i] == '(' && cchci_flow_words(flow, i + 1, "da ky") > 0) {
            end = i;
            while (end > begin && memchr(" ;.,", flow->key[end - 1], 4) != NULL)
                end--;
        }
    /* What a stamp left behind the closing sign: "Như trên; val". */
    for (uint32_t i = end, kept = 0; i > begin + 2 && kept <= 3 && flow->key[i - 1] != ')'; i--) {
        kept += cchci_is_word(flow->key[i - 1]);
        if (flow->key[i - 1] == ';' && kept <= 3) {
            end = i - 1;
            break;
        }
    }
    uint32_t letters = 0;
    for (uint32_t i = begin; i < end && letters < 2; i++)
        letters += cchci_is_letter(flow->key[i]);
    if (letters < 2 || cchci_loose_at(flow->key, begin, end, "daky") + 1 >= end)
        return; /* "[daky]" */
    struct cchci_item *item = CCHCI_PUSH(items, parse->arena, struct cchci_item);
    item->begin = begin;
    item->end = end;
}

/* Where the words of an item start, behind its bullet or the number that comes next; at where it has
 * none. */
static uint32_t after_bullet(const struct cchci_flow *flow, uint32_t at, uint32_t end, bool *bullet,
                             int *number)
{
    struct cchci_marker marker;
    if (at + 2 < end && flow->key[at] == '=') { /* OCR of a dash */
        uint32_t word = at + 1 + (flow->key[at + 1] == ' ');
        *bullet = word > at + 1 || cchci_is_letter(flow->key[word]);
        return *bullet ? word : at;
    }
    *bullet = cchci_marker_read(flow, at, end, &marker) &&
              (marker.style >= CCHCI_MARKER_DASH ||
               (marker.style == CCHCI_MARKER_DECIMAL && marker.value == *number + 1));
    if (!*bullet)
        return at;
    if (marker.style == CCHCI_MARKER_DECIMAL)
        ++*number;
    return marker.text;
}

/* Where the words start whose bullet stands behind the dotted line of a stamp ("Ngày: ...... - Bộ Nội
 * vụ"); `at` where there is none. */
static uint32_t after_stamp(const struct cchci_flow *flow, uint32_t at, uint32_t end, bool *bullet)
{
    uint32_t dots = cchci_next_key(flow->key, at, end, '.');
    for (uint32_t i = dots; i + 3 < end; i++)
        if (flow->key[i] == ' ' && flow->key[i + 1] == '-' && flow->key[i + 2] == ' ') {
            *bullet = flow->key[dots + 1] == '.' && flow->key[dots + 2] == '.';
            return *bullet ? i + 3 : at;
        }
    return at;
}

/* Cuts one item at its semicolons. */
static void cut_semicolons(const struct cchci_parse *parse, const struct cchci_flow *flow,
                           uint32_t begin, uint32_t end, struct cchci_vector *items)
{
    uint32_t from = begin;
    int depth = 0;
    bool list = false; /* "Các sở: A; B": a list inside one item stays one item */
    for (uint32_t i = begin; i < end; i++) {
        unsigned char key = flow->key[i];
        depth += key == '(' ? 1 : key == ')' && depth > 0 ? -1 : 0;
        if (key == ':')
            list = true;
        if (key == ';' && depth == 0 && !list) {
            add(parse, flow, from, i, items);
            from = i + 1;
        }
    }
    add(parse, flow, from, end, items);
}

static void finish(const struct cchci_parse *parse, const struct cchci_flow *flow, uint32_t begin,
                   uint32_t end, bool semicolons, struct cchci_vector *items)
{
    /* docx2txt glues the items of a list: "- Như trên;- Cục trưởng (để báo cáo);- Lưu: VT". */
    uint32_t from = begin;
    for (uint32_t i = cchci_next_key(flow->key, begin + 1, end, '-'); i + 1 < end; i++) {
        bool glued = flow->key[i] == '-' &&
                     (flow->key[i - 1] == ';' ||
                      (flow->key[i - 1] == ' ' && i > begin + 1 && flow->key[i - 2] == ';'));
        if (!glued)
            continue;
        add(parse, flow, from, i, items);
        from = i + 1;
    }
    if (semicolons && from == begin)
        cut_semicolons(parse, flow, from, end, items);
    else
        add(parse, flow, from, end, items);
}

void cchci_items_cut(const struct cchci_parse *parse, const struct cchci_part *part,
                     bool semicolons, struct cchci_vector *items)
{
    const struct cchci_flow *flow = &part->flow;
    bool bullets = false, open = false;
    int number = 0;
    uint32_t begin = 0;
    for (uint32_t l = 0; l < flow->line_count; l++) {
        uint32_t at = flow->lines[l].at;
        uint32_t end = cchci_flow_line_end(flow, l);
        bool bullet;
        uint32_t words = after_bullet(flow, at, end, &bullet, &number);
        if (semicolons && !bullet)
            words = after_stamp(flow, at, end, &bullet);
        uint32_t again = cchci_flow_words(flow, at, "dong kinh gui");
        if (again > 0) /* a second label stands for a bullet */
            words = at + again;
        if (!bullet) { /* "Kính gửi: - Bộ Nội vụ": the bullet behind other signs */
            uint32_t k = at;
            while (k < end && !cchci_is_word(flow->key[k]) && flow->key[k] != '-' &&
                   flow->key[k] != '(')
                k++;
            if (k > at && l == 0)
                words = after_bullet(flow, k, end, &bullet, &number);
        }
        uint32_t last = at;
        while (last > begin && flow->key[last - 1] == ' ')
            last--;
        unsigned char sign = last > begin ? flow->key[last - 1] : 0;
        bool lower =
            at < end && ((flow->key[at] >= 'a' && flow->key[at] <= 'z') || flow->key[at] == '(');
        bool ended = sign == ';' || (sign == '.' && !lower) || (sign == ')' && !lower && !bullets);
        bool archive = cchci_archive_label(flow, words, end) != 0;
        bool starts = bullet || again > 0 || archive || !open || (ended && !bullets) ||
                      (ended && bullets && sign == ';' &&
                       !(lower && cchci_next_key(flow->key, begin, last, ':') < last)) ||
                      (!bullets && !lower && sign != ',' && sign != '-' &&
                       cchci_flow_source_line(parse->layout, part, l)->indent <=
                           cchci_flow_source_line(parse->layout, part, l - 1)->indent &&
                       (cchci_flow_words(flow, at, "cac") > 0 ||
                        cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, at) != NULL));
        if (starts) {
            if (open)
                finish(parse, flow, begin, at, semicolons && !bullets, items);
            begin = words;
            open = true;
            bullets |= bullet;
        }
    }
    if (open)
        finish(parse, flow, begin, flow->length, semicolons && !bullets, items);
}
