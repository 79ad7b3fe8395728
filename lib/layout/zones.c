/* SPDX-License-Identifier: MIT */
/* Zones: heading and closing are found by their words; what lies between is the body, what comes
 * after the annexes. */
#include "zones.h"

#include <stdio.h>

#include "parse.h"

void cchci_tell_repair(struct cchci_parse *parse, enum cchci_anchor anchor, unsigned cost,
                       const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    char message[160];
    if (cost == 0)
        return;
    int length = snprintf(message, sizeof message,
                          "A marker word was read as \"%s\" at an edit cost of %u half letters.",
                          cchci_anchor_name(anchor), cost);
    bool whole = length > 0 && (size_t)length < sizeof message;
    cchci_diagnose(parse, CCHCI_ANCHOR_REPAIRED,
                   whole ? cchci_arena_copy(parse->arena, message, (size_t)length) : NULL, flow,
                   begin, end);
}

static void give_line(struct cchci_parse *parse, struct cchci_part *part, uint32_t i)
{
    const struct cchci_line *line = cchci_line_at(parse->layout, i);
    struct cchci_piece *piece = CCHCI_PUSH(&part->pieces, parse->arena, struct cchci_piece);
    piece->begin = line->begin;
    piece->end = line->end;
    piece->line = i;
}

static void give_lines(struct cchci_parse *parse, struct cchci_part *part, uint32_t first,
                       uint32_t end)
{
    cchci_vector_reserve(&part->pieces, parse->arena, end > first ? end - first : 0,
                         sizeof(struct cchci_piece));
    for (uint32_t i = first; i < end; i++)
        if (cchci_line_at(parse->layout, i)->kind == CCHCI_LINE_TEXT)
            give_line(parse, part, i);
}

/* Notes under the closing: "1 Được sửa đổi bởi …", numbered from one line to the next. */
static void find_late_footnotes(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    struct cchci_line *lines = layout->lines.data;
    const unsigned char *key = parse->text->key;
    unsigned note = 0;
    for (uint32_t i = layout->closing_end; i < layout->lines.count && note < 9; i++) {
        struct cchci_line *line = &lines[i];
        if (line->kind != CCHCI_LINE_TEXT || line->end - line->begin < 20 ||
            key[line->begin] != '1' + note || key[line->begin + 1] != ' ' ||
            !cchci_is_upper(key[line->begin + 2]))
            return;
        line->kind = CCHCI_LINE_FOOTNOTE;
        note++;
        while (i + 1 < layout->lines.count && !lines[i + 1].blank_before &&
               lines[i + 1].kind == CCHCI_LINE_TEXT && key[lines[i + 1].begin] != '1' + note)
            lines[++i].kind = CCHCI_LINE_FOOTNOTE;
    }
}

void cchci_layout_zones(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    cchci_layout_heading(parse);
    cchci_layout_closing(parse);
    give_lines(parse, &layout->body, layout->body_first, layout->body_end);
    find_late_footnotes(parse);
    give_lines(parse, &layout->annexes, layout->closing_end, layout->lines.count);
    for (uint32_t i = 0; i < layout->lines.count; i++)
        if (cchci_line_at(layout, i)->kind == CCHCI_LINE_FOOTNOTE)
            give_line(parse, &layout->footnotes, i);
    struct cchci_part *parts[] = {&layout->motto,
                                  &layout->agency,
                                  &layout->code,
                                  &layout->date,
                                  &layout->subject,
                                  &layout->type,
                                  &layout->priority,
                                  &layout->secrecy,
                                  &layout->circulation,
                                  &layout->draft,
                                  &layout->addressees,
                                  &layout->body,
                                  &layout->recipients,
                                  &layout->signature,
                                  &layout->annexes,
                                  &layout->footnotes,
                                  &layout->subject_label,
                                  &layout->addressees_label,
                                  &layout->recipients_label};
    for (unsigned i = 0; i < sizeof parts / sizeof parts[0]; i++)
        cchci_flow_build(&parts[i]->flow, parse->text, parse->arena, parts[i]->pieces.data,
                         parts[i]->pieces.count);
}
