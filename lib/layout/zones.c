/* SPDX-License-Identifier: MIT */
#include "layout.h"
#include "fields/fields.h"
void cchci_layout_zones(struct cchci_parse *parse)
{
    struct cchci_layout *layout = parse->layout;
    for (uint32_t i = 0; i < layout->lines.count; i++) {
        const struct cchci_line *line = cchci_line_at(layout, i);
        struct cchci_piece *piece = CCHCI_PUSH(&layout->body.pieces, parse->arena, struct cchci_piece);
        piece->begin = line->begin;
        piece->end = line->end;
        piece->line = i;
    }
    struct cchci_part *parts[] = {&layout->agency, &layout->code, &layout->date, &layout->subject,
        &layout->type, &layout->priority, &layout->secrecy, &layout->circulation,
        &layout->addressees, &layout->body, &layout->recipients, &layout->signature, &layout->annexes};
    for (unsigned i = 0; i < sizeof parts / sizeof parts[0]; i++)
        cchci_flow_build(&parts[i]->flow, parse->text, parse->arena, parts[i]->pieces.data, parts[i]->pieces.count);
}
