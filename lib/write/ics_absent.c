/* SPDX-License-Identifier: MIT */
/* In place of ics.c, where the library is built without libical. */
#include "writer.h"

const struct cchci_writer_format cchci_ics_format = {
    .row = {"ics", CCHC_FORMAT_BATCH, ".ics", false},
};
