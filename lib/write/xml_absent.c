/* SPDX-License-Identifier: MIT */
/* In place of xml.c and what writes through it, where the library is built without libxml2. */
#include "writer.h"

const struct cchci_writer_format cchci_metadata_xml_format = {
    .row = {"metadata-xml", CCHC_FORMAT_BATCH, ".xml", false},
};

const struct cchci_writer_format cchci_edxml_format = {
    .row = {"edxml", CCHC_FORMAT_SINGLE, ".edxml", false},
};
