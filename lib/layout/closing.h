/* SPDX-License-Identifier: MIT */
/* The parts of the closing's reader (closing.c): what its words say (closing_words.c), where it begins
 * (closing_find.c), and where its annexes do (closing_annex.c). */
#ifndef CCHCI_CLOSING_H
#define CCHCI_CLOSING_H

#include "grid.h"
#include "parse.h"
#include "zones.h"

/* Keys of the longest label of the recipients, spaced out: "N ơ i  n h ậ n". */
#define CCHCI_RECIPIENTS_LABEL_LENGTH 16u

/* ------------------------------------------------------------------------------------- words -- */

/* "Not nhận:", "Nơi nhậm:": damaged, with the colon right behind it. The place after it, or 0. */
uint32_t cchci_closing_damaged_label(const unsigned char *key, uint32_t begin, uint32_t end,
                                     struct cchci_likeness *likeness);

bool cchci_closing_is_name(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* The same where a known surname begins it, since the recipients among which it stands may look like
 * names. */
bool cchci_closing_is_surnamed(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* A damaged title: its commonest words within the edit cost. */
bool cchci_closing_like_a_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* "KT. GIÁM ĐỐCPHÓ GIÁM ĐỐC": where the second title starts in a signature's line; end: nowhere. */
uint32_t cchci_closing_glued_title(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

/* Whether a dash, or a bullet of another kind, begins the cell of a recipient. */
bool cchci_closing_starts_item(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* "- Như trên;- Lưu: VT." poured into one line. */
bool cchci_closing_archive_inside(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* Where a cell of the left column goes over into the signature because the gap was lost: after a
 * closing sign, words in capitals that are a title. end: nowhere. archive: it is the archive line. */
uint32_t cchci_closing_lost_gap(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                                bool archive);

/* Where the signer's name begins that stands at the end of a recipient's line, though his item goes on
 * below in mid-phrase; end: nowhere. */
uint32_t cchci_closing_name_inside(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

/* -------------------------------------------------------------------------------- where it is -- */

/* The line of "Nơi nhận"; CCHCI_NOWHERE: none. */
uint32_t cchci_closing_find_label(const struct cchci_parse *parse);
/* The recipients whose label is damaged beyond recognition, or lost: *list gets the line that they
 * begin on, *label the one that the closing does. Where there are none, both stay. */
void cchci_closing_find_list(struct cchci_parse *parse, uint32_t *list, uint32_t *label);
/* The first line on which a signature begins, for letters without the label; CCHCI_NOWHERE: none. */
uint32_t cchci_closing_find_signature(struct cchci_parse *parse);
/* Recipients whose label stands lower than they do: "- Như trên;" first. */
uint32_t cchci_closing_recipients_above(const struct cchci_parse *parse, uint32_t label);
/* The signature above the label, in texts that pour the right column first. */
uint32_t cchci_closing_signature_above(struct cchci_parse *parse, uint32_t label);
/* Where a signature begins in a cell that may begin with noise, or with what is left of the label; its
 * end: nowhere. */
uint32_t cchci_closing_signature_in(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

/* ----------------------------------------------------------------------------------- annexes -- */

/* Whether a cell begins with the national motto: "TM. CHÍNH PHỦ NƯỚC CỘNG HÒA …" does not. */
bool cchci_closing_begins_motto(const struct cchci_flow *flow, uint32_t begin, uint32_t end);
/* Whether cell i of the closing's grid, the first of its line, is an annex's. */
bool cchci_closing_starts_annex(const struct cchci_grid *grid, uint32_t i);
/* The cell where the title begins of the annex that a cell starts: "(Kèm theo …)" stands under it.
 * left_line: the last line that was given to the recipients. */
uint32_t cchci_closing_annex_title(const struct cchci_grid *grid, uint32_t i, uint32_t left_line);
/* Takes back what was given of the lines from one on: they are an annex. */
void cchci_closing_take_back(struct cchci_part *part, uint32_t line);
/* The line of the label of the first annex ("PHỤ LỤC", "PHỤ LỤC 1"), for letters without a closing; else
 * behind the last line. */
uint32_t cchci_closing_first_annex(const struct cchci_parse *parse);

#endif
