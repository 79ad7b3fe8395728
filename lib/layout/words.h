/* SPDX-License-Identifier: MIT */
/* What layout and fields both ask of a stretch of a flow. */
#ifndef CCHCI_WORDS_H
#define CCHCI_WORDS_H

#include "match/lexicon.h"
#include "text/flow.h"

/* The place behind the academic titles and ranks before a name: "PGS.TS. "; `begin`: there are none. */
uint32_t cchci_behind_titles(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

#define CCHCI_NAME_WORDS 6u /* the longest names of persons */

/* The place behind "Đã ký:", "(Đã ký)" before the signer's name; `begin`: they do not stand there. */
uint32_t cchci_behind_signed(const struct cchci_flow *flow, uint32_t begin, uint32_t end);

/* Whether a name of a person stands in [begin, end), and nothing much else: two to six capitalised
 * words, "Đã ký:" and an academic title before them perhaps. Narrows the range to the name with its
 * title. */
bool cchci_person_name(const struct cchci_flow *flow, uint32_t *begin, uint32_t *end);

/* Length of the prefix that says by whose authority one signs ("TM.", "K/T", "KT/", "TL" before a
 * title), its sign included; 0: none there. */
uint32_t cchci_authority_prefix_of(const struct cchci_candidates *candidates,
                                   const struct cchci_flow *flow, uint32_t begin, uint32_t end);
static inline uint32_t cchci_authority_prefix(const struct cchci_flow *flow, uint32_t begin,
                                              uint32_t end)
{
    if (begin >= end || !cchci_is_upper(flow->key[begin]))
        return 0;
    const struct cchci_candidates *candidates =
        cchci_lexicon_candidates(CCHCI_TOPIC_AUTHORITY, flow->key + begin);
    return candidates != NULL ? cchci_authority_prefix_of(candidates, flow, begin, end) : 0;
}

/* The place behind the label of the archive line ("Lưu:", "Lưu", a damaged "Lm: VT") that starts at a
 * place, behind a bullet of any kind perhaps; 0: none there. "Lưu Đức Huy" is a name. */
uint32_t cchci_archive_label(const struct cchci_flow *flow, uint32_t at, uint32_t end);

/* "Lm: VT", "Lmu: VI", "Ltru: VT": up to four letters from an L on, known by the office behind their
 * sign. How many they are; 0: no such label begins at the place. */
uint32_t cchci_damaged_archive(const unsigned char *key, uint32_t at, uint32_t end);

/* A place name before the date: narrows [begin, end), which ends at the comma, to the capitalised
 * words at its end. */
void cchci_place_name(const struct cchci_flow *flow, uint32_t *begin, uint32_t end);

/* Whether another syllable ends at a place in the middle of a word, as converters of Word files leave
 * it: "UBND TỈNH HÒA BÌNHSỞ NỘI VỤ". A syllable has a vowel. */
bool cchci_glued_before(const struct cchci_flow *flow, uint32_t begin, uint32_t at);

/* "Căn cứ …", "Theo đề nghị …", "Xét Tờ trình …": what a paragraph of a preamble opens with. "Xét
 * tuyển" and its like open a title as well. */
bool cchci_opens_basis(const struct cchci_flow *flow, uint32_t at);

/* "Địa chỉ:", "Mã số thuế:", "Điện thoại:" and their like at a place. */
bool cchci_contact_line(const struct cchci_flow *flow, uint32_t at, uint32_t end);

#endif
