/* SPDX-License-Identifier: MIT */
/* What fonts without a map of their glyphs leave of a text: where it is no words (garbled.c). */
#ifndef CCHCI_GARBLED_H
#define CCHCI_GARBLED_H

#include "text.h"

/* Is the character of a script whose letters stand in Latin words only by mistake? */
bool cchci_strange(uint32_t code);

/* Finds the garbled stretches of a decoded text and says whether anything else is left of it. */
void cchci_text_weigh(struct cchci_text *text, struct cchci_arena *arena);

#endif
