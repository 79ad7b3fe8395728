/* SPDX-License-Identifier: MIT */
#ifndef CCHCPARSE_VERSION_H
#define CCHCPARSE_VERSION_H

/* The one place of the version; meson.build reads it from here. */
#define CCHC_VERSION_MAJOR 0
#define CCHC_VERSION_MINOR 1
#define CCHC_VERSION_PATCH 0
#define CCHC_VERSION_STRING "0.1.0"

#endif
