/* SPDX-License-Identifier: MIT */
/* Character references, as HTML and what is converted from it have them: "&nbsp;", "&#7885;". */
#ifndef CCHCI_ENTITIES_H
#define CCHCI_ENTITIES_H

#include <stddef.h>
#include <stdint.h>

/* The character reference (HTML Living Standard 13.5) at bytes[0], which is '&'. Returns its
 * length in bytes with the closing ';', or 0 where none stands there; *code gets its character. */
size_t cchci_entity(const unsigned char *bytes, size_t length, uint32_t *code);

#endif
