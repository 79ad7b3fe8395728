/* SPDX-License-Identifier: MIT */
/* The parts of the review page that embed.py makes. */
#ifndef CCHCI_WRITE_HTML_PAGE_H
#define CCHCI_WRITE_HTML_PAGE_H

#include <stddef.h>

struct cchci_html_part {
    const unsigned char *bytes; /* UTF-8, without a closing NUL */
    size_t length;
};

extern const struct cchci_html_part cchci_html_heads[]; /* by enum cchc_language */
extern const struct cchci_html_part cchci_html_tail;

#endif
