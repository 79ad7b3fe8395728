/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include "parse.h"

void cchci_layout_run(struct cchci_parse *parse)
{
    cchci_layout_markup(parse);
    cchci_layout_lines(parse);
    cchci_layout_zones(parse);
}

const struct cchci_line *cchci_flow_source_line(const struct cchci_layout *layout,
                                                const struct cchci_part *part, uint32_t flow_line)
{
    uint32_t piece = part->flow.lines[flow_line].piece;
    return cchci_line_at(layout, CCHCI_AT(&part->pieces, struct cchci_piece, piece).line);
}
