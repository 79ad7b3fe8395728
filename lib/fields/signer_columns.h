/* SPDX-License-Identifier: MIT */
/* Signatures side by side whose columns lost their gaps:
 *
 *      KT. BỘ TRƯỞNG KT. BỘ TRƯỞNG
 *      BỘ TÀI CHÍNH BỘ NỘI VỤ
 *      THỨ TRƯỞNG THỨ TRƯỞNG
 *      Tạ Minh Quân Lê Thị Mai
 *
 * One line has the same authority twice, which no signature alone has: it says how many there are. The
 * lines below are cut where the second title, agency or name begins. */
#ifndef CCHCI_SIGNER_COLUMNS_H
#define CCHCI_SIGNER_COLUMNS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/flow.h"

#define CCHCI_COLUMNS 4u /* of signatures side by side; met are three */

/* Where the parts of a line begin, and where the last one ends. */
struct cchci_columns {
    uint32_t at[CCHCI_COLUMNS + 1];
};

/* How many signatures the authorities of a line begin: one, or where each does. */
unsigned cchci_columns_begin(const struct cchci_flow *flow, uint32_t begin, uint32_t end,
                             struct cchci_columns *columns);
/* Cuts a line below into so many parts: titles, names of agencies, or of persons, which *names says.
 * False: it does not have as many. */
bool cchci_columns_cut(const struct cchci_flow *flow, uint32_t begin, uint32_t end, unsigned count,
                       struct cchci_columns *columns, bool *names);

#endif
