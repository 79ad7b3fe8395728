/* SPDX-License-Identifier: MIT */
/* The Vietnamese letters in the encodings of before Unicode: a table of its own, so that the library's
 * is not its own judge. */
#ifndef CCHCT_OLD_LETTERS_H
#define CCHCT_OLD_LETTERS_H

enum encoding { TCVN3, VNI, VISCII, WINDOWS_1258, ENCODINGS };

/* The letters with their bytes.
 *
 *  TCVN3         TCVN 5712:1993, set VN3, lower-case letters and the capitals without a tone; typed
 *                from ../shared/standards.md 6.3, where unikey's table and glibc's were compared
 *  VNI           VNI for Windows, letters and modifiers; standards.md 6.4, after unikey's table
 *  VISCII        RFC 1456
 *  windows-1258  Microsoft's cp1258.txt: a letter with its quality, then a tone; letters with a
 *                tone that the code page has whole are written whole, as Windows does
 */
static const struct letter {
    const char *utf8, *bytes[ENCODINGS];
} letters[] = {
    {"à", {"\xB5", "a\xF8", "\xE0", "\xE0"}}, {"ả", {"\xB6", "a\xFB", "\xE4", "a\xD2"}},
    {"ã", {"\xB7", "a\xF5", "\xE3", "a\xDE"}}, {"á", {"\xB8", "a\xF9", "\xE1", "\xE1"}},
    {"ạ", {"\xB9", "a\xEF", "\xD5", "a\xF2"}}, {"ă", {"\xA8", "a\xEA", "\xE5", "\xE3"}},
    {"ằ", {"\xBB", "a\xE8", "\xA2", "\xE3\xCC"}}, {"ẳ", {"\xBC", "a\xFA", "\xC6", "\xE3\xD2"}},
    {"ẵ", {"\xBD", "a\xFC", "\xC7", "\xE3\xDE"}}, {"ắ", {"\xBE", "a\xE9", "\xA1", "\xE3\xEC"}},
    {"ặ", {"\xC6", "a\xEB", "\xA3", "\xE3\xF2"}}, {"â", {"\xA9", "a\xE2", "\xE2", "\xE2"}},
    {"ầ", {"\xC7", "a\xE0", "\xA5", "\xE2\xCC"}}, {"ẩ", {"\xC8", "a\xE5", "\xA6", "\xE2\xD2"}},
    {"ẫ", {"\xC9", "a\xE3", "\xE7", "\xE2\xDE"}}, {"ấ", {"\xCA", "a\xE1", "\xA4", "\xE2\xEC"}},
    {"ậ", {"\xCB", "a\xE4", "\xA7", "\xE2\xF2"}}, {"è", {"\xCC", "e\xF8", "\xE8", "\xE8"}},
    {"ẻ", {"\xCE", "e\xFB", "\xEB", "e\xD2"}}, {"ẽ", {"\xCF", "e\xF5", "\xA8", "e\xDE"}},
    {"é", {"\xD0", "e\xF9", "\xE9", "\xE9"}}, {"ẹ", {"\xD1", "e\xEF", "\xA9", "e\xF2"}},
    {"ê", {"\xAA", "e\xE2", "\xEA", "\xEA"}}, {"ề", {"\xD2", "e\xE0", "\xAB", "\xEA\xCC"}},
    {"ể", {"\xD3", "e\xE5", "\xAC", "\xEA\xD2"}}, {"ễ", {"\xD4", "e\xE3", "\xAD", "\xEA\xDE"}},
    {"ế", {"\xD5", "e\xE1", "\xAA", "\xEA\xEC"}}, {"ệ", {"\xD6", "e\xE4", "\xAE", "\xEA\xF2"}},
    {"ì", {"\xD7", "\xEC", "\xEC", "i\xCC"}}, {"ỉ", {"\xD8", "\xE6", "\xEF", "i\xD2"}},
    {"ĩ", {"\xDC", "\xF3", "\xEE", "i\xDE"}}, {"í", {"\xDD", "\xED", "\xED", "\xED"}},
    {"ị", {"\xDE", "\xF2", "\xB8", "i\xF2"}}, {"ò", {"\xDF", "o\xF8", "\xF2", "o\xCC"}},
    {"ỏ", {"\xE1", "o\xFB", "\xF6", "o\xD2"}}, {"õ", {"\xE2", "o\xF5", "\xF5", "o\xDE"}},
    {"ó", {"\xE3", "o\xF9", "\xF3", "\xF3"}}, {"ọ", {"\xE4", "o\xEF", "\xF7", "o\xF2"}},
    {"ô", {"\xAB", "o\xE2", "\xF4", "\xF4"}}, {"ồ", {"\xE5", "o\xE0", "\xB0", "\xF4\xCC"}},
    {"ổ", {"\xE6", "o\xE5", "\xB1", "\xF4\xD2"}}, {"ỗ", {"\xE7", "o\xE3", "\xB2", "\xF4\xDE"}},
    {"ố", {"\xE8", "o\xE1", "\xAF", "\xF4\xEC"}}, {"ộ", {"\xE9", "o\xE4", "\xB5", "\xF4\xF2"}},
    {"ơ", {"\xAC", "\xF4", "\xBD", "\xF5"}}, {"ờ", {"\xEA", "\xF4\xF8", "\xB6", "\xF5\xCC"}},
    {"ở", {"\xEB", "\xF4\xFB", "\xB7", "\xF5\xD2"}},
    {"ỡ", {"\xEC", "\xF4\xF5", "\xDE", "\xF5\xDE"}},
    {"ớ", {"\xED", "\xF4\xF9", "\xBE", "\xF5\xEC"}},
    {"ợ", {"\xEE", "\xF4\xEF", "\xFE", "\xF5\xF2"}},
    {"ù", {"\xEF", "u\xF8", "\xF9", "\xF9"}}, {"ủ", {"\xF1", "u\xFB", "\xFC", "u\xD2"}},
    {"ũ", {"\xF2", "u\xF5", "\xFB", "u\xDE"}}, {"ú", {"\xF3", "u\xF9", "\xFA", "\xFA"}},
    {"ụ", {"\xF4", "u\xEF", "\xF8", "u\xF2"}}, {"ư", {"\xAD", "\xF6", "\xDF", "\xFD"}},
    {"ừ", {"\xF5", "\xF6\xF8", "\xD7", "\xFD\xCC"}},
    {"ử", {"\xF6", "\xF6\xFB", "\xD8", "\xFD\xD2"}},
    {"ữ", {"\xF7", "\xF6\xF5", "\xE6", "\xFD\xDE"}},
    {"ứ", {"\xF8", "\xF6\xF9", "\xD1", "\xFD\xEC"}},
    {"ự", {"\xF9", "\xF6\xEF", "\xF1", "\xFD\xF2"}}, {"ỳ", {"\xFA", "y\xF8", "\xCF", "y\xCC"}},
    {"ỷ", {"\xFB", "y\xFB", "\xD6", "y\xD2"}}, {"ỹ", {"\xFC", "y\xF5", "\xDB", "y\xDE"}},
    {"ý", {"\xFD", "y\xF9", "\xFD", "y\xEC"}}, {"ỵ", {"\xFE", "\xEE", "\xDC", "y\xF2"}},
    {"đ", {"\xAE", "\xF1", "\xF0", "\xF0"}}, {"À", {NULL, "A\xD8", "\xC0", "\xC0"}},
    {"Ả", {NULL, "A\xDB", "\xC4", "A\xD2"}}, {"Ã", {NULL, "A\xD5", "\xC3", "A\xDE"}},
    {"Á", {NULL, "A\xD9", "\xC1", "\xC1"}}, {"Ạ", {NULL, "A\xCF", "\x80", "A\xF2"}},
    {"Ă", {"\xA1", "A\xCA", "\xC5", "\xC3"}}, {"Ằ", {NULL, "A\xC8", "\x82", "\xC3\xCC"}},
    {"Ẳ", {NULL, "A\xDA", "\x02", "\xC3\xD2"}}, {"Ẵ", {NULL, "A\xDC", "\x05", "\xC3\xDE"}},
    {"Ắ", {NULL, "A\xC9", "\x81", "\xC3\xEC"}}, {"Ặ", {NULL, "A\xCB", "\x83", "\xC3\xF2"}},
    {"Â", {"\xA2", "A\xC2", "\xC2", "\xC2"}}, {"Ầ", {NULL, "A\xC0", "\x85", "\xC2\xCC"}},
    {"Ẩ", {NULL, "A\xC5", "\x86", "\xC2\xD2"}}, {"Ẫ", {NULL, "A\xC3", "\x06", "\xC2\xDE"}},
    {"Ấ", {NULL, "A\xC1", "\x84", "\xC2\xEC"}}, {"Ậ", {NULL, "A\xC4", "\x87", "\xC2\xF2"}},
    {"È", {NULL, "E\xD8", "\xC8", "\xC8"}}, {"Ẻ", {NULL, "E\xDB", "\xCB", "E\xD2"}},
    {"Ẽ", {NULL, "E\xD5", "\x88", "E\xDE"}}, {"É", {NULL, "E\xD9", "\xC9", "\xC9"}},
    {"Ẹ", {NULL, "E\xCF", "\x89", "E\xF2"}}, {"Ê", {"\xA3", "E\xC2", "\xCA", "\xCA"}},
    {"Ề", {NULL, "E\xC0", "\x8B", "\xCA\xCC"}}, {"Ể", {NULL, "E\xC5", "\x8C", "\xCA\xD2"}},
    {"Ễ", {NULL, "E\xC3", "\x8D", "\xCA\xDE"}}, {"Ế", {NULL, "E\xC1", "\x8A", "\xCA\xEC"}},
    {"Ệ", {NULL, "E\xC4", "\x8E", "\xCA\xF2"}}, {"Ì", {NULL, "\xCC", "\xCC", "I\xCC"}},
    {"Ỉ", {NULL, "\xC6", "\x9B", "I\xD2"}}, {"Ĩ", {NULL, "\xD3", "\xCE", "I\xDE"}},
    {"Í", {NULL, "\xCD", "\xCD", "\xCD"}}, {"Ị", {NULL, "\xD2", "\x98", "I\xF2"}},
    {"Ò", {NULL, "O\xD8", "\xD2", "O\xCC"}}, {"Ỏ", {NULL, "O\xDB", "\x99", "O\xD2"}},
    {"Õ", {NULL, "O\xD5", "\xA0", "O\xDE"}}, {"Ó", {NULL, "O\xD9", "\xD3", "\xD3"}},
    {"Ọ", {NULL, "O\xCF", "\x9A", "O\xF2"}}, {"Ô", {"\xA4", "O\xC2", "\xD4", "\xD4"}},
    {"Ồ", {NULL, "O\xC0", "\x90", "\xD4\xCC"}}, {"Ổ", {NULL, "O\xC5", "\x91", "\xD4\xD2"}},
    {"Ỗ", {NULL, "O\xC3", "\x92", "\xD4\xDE"}}, {"Ố", {NULL, "O\xC1", "\x8F", "\xD4\xEC"}},
    {"Ộ", {NULL, "O\xC4", "\x93", "\xD4\xF2"}}, {"Ơ", {"\xA5", "\xD4", "\xB4", "\xD5"}},
    {"Ờ", {NULL, "\xD4\xD8", "\x96", "\xD5\xCC"}}, {"Ở", {NULL, "\xD4\xDB", "\x97", "\xD5\xD2"}},
    {"Ỡ", {NULL, "\xD4\xD5", "\xB3", "\xD5\xDE"}}, {"Ớ", {NULL, "\xD4\xD9", "\x95", "\xD5\xEC"}},
    {"Ợ", {NULL, "\xD4\xCF", "\x94", "\xD5\xF2"}}, {"Ù", {NULL, "U\xD8", "\xD9", "\xD9"}},
    {"Ủ", {NULL, "U\xDB", "\x9C", "U\xD2"}}, {"Ũ", {NULL, "U\xD5", "\x9D", "U\xDE"}},
    {"Ú", {NULL, "U\xD9", "\xDA", "\xDA"}}, {"Ụ", {NULL, "U\xCF", "\x9E", "U\xF2"}},
    {"Ư", {"\xA6", "\xD6", "\xBF", "\xDD"}}, {"Ừ", {NULL, "\xD6\xD8", "\xBB", "\xDD\xCC"}},
    {"Ử", {NULL, "\xD6\xDB", "\xBC", "\xDD\xD2"}}, {"Ữ", {NULL, "\xD6\xD5", "\xFF", "\xDD\xDE"}},
    {"Ứ", {NULL, "\xD6\xD9", "\xBA", "\xDD\xEC"}}, {"Ự", {NULL, "\xD6\xCF", "\xB9", "\xDD\xF2"}},
    {"Ỳ", {NULL, "Y\xD8", "\x9F", "Y\xCC"}}, {"Ỷ", {NULL, "Y\xDB", "\x14", "Y\xD2"}},
    {"Ỹ", {NULL, "Y\xD5", "\x19", "Y\xDE"}}, {"Ý", {NULL, "Y\xD9", "\xDD", "Y\xEC"}},
    {"Ỵ", {NULL, "\xCE", "\x1E", "Y\xF2"}}, {"Đ", {"\xA7", "\xD1", "\xD0", "\xD0"}},
};
enum { LETTERS = sizeof letters / sizeof letters[0] };

#endif
