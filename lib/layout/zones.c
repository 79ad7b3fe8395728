/* SPDX-License-Identifier: MIT */
/* Zones: heading and closing are found by their words; what lies between is the body, what comes
 * after the annexes. */
#include "zones.h"

#include "parse.h"

static void give_lines(struct cchci_parse *parse, struct cchci_part *part, uint32_t first,
                       uint32_t end)
{
    const struct cchci_line *lines = parse->layout->lines.data;
    struct cchci_vector *pieces = &part->pieces;
    if (end <= first)
        return;
    cchci_vector_reserve(pieces, parse->arena, pieces->count + (end - first),
                         sizeof(struct cchci_piece));
    for (uint32_t i = first; i < end; i++)
        if (lines[i].kind == CCHCI_LINE_TEXT)
            CCHCI_AT(pieces, struct cchci_piece, pieces->count++) =
                (struct cchci_piece){lines[i].begin, lines[i].end, i, 0};
}

static void give_footnotes(struct cchci_parse *parse)
{
    const struct cchci_line *lines = parse->layout->lines.data;
    for (uint32_t i = 0; i < parse->layout->lines.count; i++)
        if (lines[i].kind == CCHCI_LINE_FOOTNOTE)
            *CCHCI_PUSH(&parse->layout->footnotes.pieces, parse->arena, struct cchci_piece) =
                (struct cchci_piece){lines[i].begin, lines[i].end, i, 0};
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
    give_footnotes(parse);
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
    struct cchci_flow nothing; /* of the parts that a letter has not, which are most */
    cchci_flow_build(&nothing, parse->text, parse->arena, NULL, 0);
    for (unsigned i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i]->pieces.count == 0)
            parts[i]->flow = nothing;
        else
            cchci_flow_build(&parts[i]->flow, parse->text, parse->arena, parts[i]->pieces.data,
                             parts[i]->pieces.count);
}
