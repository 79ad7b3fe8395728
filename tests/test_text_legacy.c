/* SPDX-License-Identifier: MIT */
/* Encodings of before Unicode: every Vietnamese letter in each of them, as bytes and as mojibake;
 * files in several encodings; and texts that are none of it. */
#include "decoding.h"
#include "old_letters.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#include <cmocka.h>

struct buffer {
    char bytes[65536];
    size_t length;
};

static void put(struct buffer *out, const void *bytes, size_t length)
{
    assert_true(out->length + length <= sizeof out->bytes);
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

/* Writes UTF-8 text in an old encoding; what it has no letter for becomes lower case, as the fonts
 * of TCVN3 have it. *wanted is the text that is to be read again. */
static void encode(enum encoding encoding, const char *utf8, struct buffer *out,
                   struct buffer *wanted)
{
    while (*utf8 != '\0') {
        int i = 0;
        while (i < LETTERS && strncmp(utf8, letters[i].utf8, strlen(letters[i].utf8)) != 0)
            i++;
        size_t length = i < LETTERS ? strlen(letters[i].utf8) : 1;
        if (i < LETTERS && letters[i].bytes[encoding] == NULL)
            i -= LETTERS / 2; /* the capitals come after the small letters, in their order */
        const char *bytes = i < LETTERS ? letters[i].bytes[encoding] : utf8;
        put(out, bytes, i < LETTERS ? strlen(bytes) : 1);
        if (wanted != NULL)
            put(wanted, i < LETTERS ? letters[i].utf8 : utf8, length);
        utf8 += length;
    }
}

/* The code points that windows-1252 has for 0x80 to 0x9F (Microsoft's cp1252.txt); it has none for
 * five, which Windows maps to control codes. */
static const unsigned windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E, 0x178};

/* What becomes of bytes that are taken for Latin-1 (or windows-1252) and written in UTF-8. */
static void spoil(struct buffer *text, bool windows)
{
    static struct buffer out;
    out.length = 0;
    for (size_t i = 0; i < text->length; i++) {
        unsigned c = (unsigned char)text->bytes[i];
        if (windows && c >= 0x80 && c < 0xA0)
            c = windows_1252[c - 0x80];
        char utf8[3] = {(char)c, 0, 0};
        size_t length = 1;
        if (c >= 0x800) {
            utf8[0] = (char)(0xE0 | c >> 12);
            utf8[1] = (char)(0x80 | (c >> 6 & 0x3F));
            utf8[2] = (char)(0x80 | (c & 0x3F));
            length = 3;
        } else if (c >= 0x80) {
            utf8[0] = (char)(0xC0 | c >> 6);
            utf8[1] = (char)(0x80 | (c & 0x3F));
            length = 2;
        }
        put(&out, utf8, length);
    }
    *text = out;
}

/* The ways in which old text comes. */
static const struct way {
    const char *name, *encodings[ENCODINGS];
    int spoilt;
    bool windows;
    int unit; /* bytes of a unit: 2 is UTF-16LE, with a byte order mark */
} ways[] = {
    {"bytes", {"TCVN3", "VNI", "VISCII", "windows-1258"}, 0, false, 1},
    {"Latin-1", {"UTF-8/TCVN3", "UTF-8/VNI", "UTF-8/VISCII", "UTF-8/windows-1258"}, 1, false, 1},
    {"windows-1252", {"UTF-8/TCVN3", "UTF-8/VNI", "UTF-8/VISCII", "UTF-8/windows-1258"}, 1, true, 1},
    {"windows-1252 twice", {"UTF-8/TCVN3", "UTF-8/VNI", "UTF-8/VISCII", "UTF-8/windows-1258"}, 2, true,
     1},
    {"windows-1252 three times",
     {"UTF-8/TCVN3", "UTF-8/VNI", "UTF-8/VISCII", "UTF-8/windows-1258"}, 3, true, 1},
    {"UTF-16",
     {"UTF-16LE/TCVN3", "UTF-16LE/VNI", "UTF-16LE/VISCII", "UTF-16LE/windows-1258"}, 1, true, 2},
};
enum { WAYS = sizeof ways / sizeof ways[0] };

/* UTF-8 of three bytes at most as UTF-16LE. */
static void widen(struct buffer *text)
{
    static struct buffer out;
    out.length = 0;
    for (size_t i = 0; i < text->length; i++) {
        unsigned c = (unsigned char)text->bytes[i];
        if (c >= 0xE0)
            c = (c & 0xF) << 12 | (text->bytes[i + 1] & 0x3Fu) << 6 | (text->bytes[i + 2] & 0x3Fu), i += 2;
        else if (c >= 0xC0)
            c = (c & 0x1F) << 6 | (text->bytes[i + 1] & 0x3Fu), i++;
        char unit[2] = {(char)(c & 0xFF), (char)(c >> 8)};
        put(&out, unit, 2);
    }
    *text = out;
}

static void spoil_so(struct buffer *text, const struct way *way)
{
    for (int i = 0; i < way->spoilt; i++)
        spoil(text, way->windows);
    if (way->unit == 2)
        widen(text);
}

static void check_text(const char *name, const struct decoded *d, const char *encoding,
                       const struct buffer *wanted)
{
    if (strcmp(d->text.encoding, encoding) != 0)
        fail_msg("%s: encoding %s instead of %s", name, d->text.encoding, encoding);
    if (d->text.utf8_length - d->text.off[0] != wanted->length ||
        memcmp(d->text.utf8 + d->text.off[0], wanted->bytes, wanted->length) != 0)
        fail_msg("%s: read as %.*s", name, (int)d->text.utf8_length, d->text.utf8);
}

#define WORDS "cộng hòa xã hội chủ nghĩa việt nam, độc lập, tự do, hạnh phúc, số "

/* The letter of the sentence WORDS letter " của" is read, and its span is its bytes. */
static void check_letter(const char *name, const char *encoding, struct buffer *source,
                         size_t begin, size_t end, const struct letter *letter)
{
    static struct buffer wanted;
    wanted.length = 0;
    put(&wanted, WORDS, strlen(WORDS));
    size_t at = wanted.length;
    put(&wanted, letter->utf8, strlen(letter->utf8));
    put(&wanted, " của", strlen(" của"));
    struct decoded d;
    decode(&d, source->bytes, source->length);
    check_text(name, &d, encoding, &wanted);
    uint32_t c = 0;
    while (d.text.off[c] < at)
        c++;
    if (d.text.off[c] != at || d.text.src[c] != begin || d.text.src[c + 1] != end)
        fail_msg("%s: %s is at %u to %u instead of %zu to %zu", name, letter->utf8,
                 (unsigned)d.text.src[c], (unsigned)d.text.src[c + 1], begin, end);
    assert_int_equal(d.text.encodings.count, 0);
    assert_int_equal(d.text.ill_formed, 0);
    decoded_free(&d);
}

/* Length of the first part of a source once it is spoilt. */
static size_t spoilt_length(const struct buffer *part, const struct way *way)
{
    static struct buffer copy;
    copy = *part;
    spoil_so(&copy, way);
    return copy.length;
}

static void every_letter_is_read_in_every_encoding(void **state)
{
    (void)state;
    static struct buffer source;
    int checked = 0;
    for (int w = 0; w < WAYS; w++) {
        for (int e = 0; e < ENCODINGS; e++) {
            for (int i = 0; i < LETTERS; i++) {
                const char *bytes = letters[i].bytes[e];
                if (bytes == NULL)
                    continue;
                source.length = 0;
                encode((enum encoding)e, WORDS, &source, NULL);
                size_t begin = spoilt_length(&source, &ways[w]);
                put(&source, bytes, strlen(bytes));
                size_t end = spoilt_length(&source, &ways[w]);
                encode((enum encoding)e, " của", &source, NULL);
                spoil_so(&source, &ways[w]);
                check_letter(ways[w].name, ways[w].encodings[e], &source, begin, end, &letters[i]);
                checked++;
            }
        }
    }
    /* TCVN3 lacks the 60 capitals with a tone. */
    assert_int_equal(checked, WAYS * (ENCODINGS * LETTERS - 60));
}

/* "Cá»™ng", and the same once and twice more. */
static void utf8_that_was_read_again_is_undone(void **state)
{
    (void)state;
    static struct buffer source, part;
    for (int times = 1; times <= 3; times++) {
        struct way way = {"UTF-8 again", {NULL}, times, true, 1};
        for (int i = 0; i < LETTERS; i++) {
            part.length = 0;
            put(&part, WORDS, strlen(WORDS));
            size_t begin = spoilt_length(&part, &way);
            put(&part, letters[i].utf8, strlen(letters[i].utf8));
            size_t end = spoilt_length(&part, &way);
            source = part;
            put(&source, " của", strlen(" của"));
            spoil_so(&source, &way);
            check_letter(way.name, "UTF-8/windows-1252", &source, begin, end, &letters[i]);
        }
    }
}

/* Every letter in a line that stands between lines of Unicode. */
static void every_letter_is_read_between_lines_of_unicode(void **state)
{
    (void)state;
    static struct buffer source, line, wanted;
    for (int w = 0; w < WAYS; w++) {
        for (int e = 0; e < ENCODINGS; e++) {
            source.length = wanted.length = 0;
            size_t begins[LETTERS] = {0}, ends[LETTERS] = {0}, at[LETTERS] = {0};
            for (int i = 0; i < LETTERS; i++) {
                const char *bytes = letters[i].bytes[e] != NULL ? letters[i].bytes[e] : "a";
                const char *letter = letters[i].bytes[e] != NULL ? letters[i].utf8 : "a";
                line.length = 0;
                encode((enum encoding)e, "của các bộ, số ", &line, &wanted);
                begins[i] = source.length + spoilt_length(&line, &ways[w]);
                at[i] = wanted.length;
                put(&line, bytes, strlen(bytes));
                put(&wanted, letter, strlen(letter));
                ends[i] = source.length + spoilt_length(&line, &ways[w]);
                encode((enum encoding)e, " của\n", &line, &wanted);
                spoil_so(&line, &ways[w]);
                put(&source, line.bytes, line.length);
                line.length = 0;
                put(&line, "Sở Nội vụ\n", strlen("Sở Nội vụ\n"));
                put(&wanted, line.bytes, line.length);
                if (ways[w].unit == 2)
                    widen(&line);
                put(&source, line.bytes, line.length);
            }
            struct decoded d;
            decode(&d, source.bytes, source.length);
            check_text(ways[w].name, &d, d.text.encoding, &wanted);
            assert_int_equal(d.text.encodings.count, 2 * LETTERS);
            for (uint32_t c = 0, i = 0; i < LETTERS; i++) {
                while (d.text.off[c] < at[i])
                    c++;
                assert_int_equal(d.text.src[c], begins[i]);
                assert_int_equal(d.text.src[c + 1], ends[i]);
                const struct cchci_encoding_run *runs = d.text.encodings.data;
                assert_string_equal(runs[2 * i].name, ways[w].encodings[e]);
            }
            decoded_free(&d);
        }
    }
}

/* Capitals of the .VnTimeH fonts are small letters in the file; VNI's typists left Caps Lock on and
 * got small modifiers behind capitals. */
static void capitals_of_fonts_are_read(void **state)
{
    (void)state;
    static struct buffer source;
    for (int i = LETTERS / 2; i < LETTERS; i++) {
        const struct letter *small = &letters[i - LETTERS / 2];
        source.length = 0;
        encode(TCVN3, WORDS, &source, NULL);
        size_t begin = source.length;
        encode(TCVN3, letters[i].utf8, &source, NULL);
        size_t end = source.length;
        encode(TCVN3, " của", &source, NULL);
        check_letter("VnTimeH", "TCVN3", &source, begin, end,
                     letters[i].bytes[TCVN3] != NULL ? &letters[i] : small);
        if (strlen(letters[i].bytes[VNI]) < 2)
            continue;
        char bytes[] = {letters[i].bytes[VNI][0], small->bytes[VNI][1], '\0'};
        source.length = 0;
        encode(VNI, WORDS, &source, NULL);
        begin = source.length;
        put(&source, bytes, 2);
        encode(VNI, " của", &source, NULL);
        check_letter("Caps Lock", "VNI", &source, begin, begin + 2, &letters[i]);
    }
}

/* A second opinion on the table above, where iconv knows the encoding. */
static void iconv_reads_the_same(void **state)
{
    (void)state;
    static const struct {
        enum encoding encoding;
        const char *name;
    } known[] = {{TCVN3, "TCVN5712-1"}, {VISCII, "VISCII"}, {WINDOWS_1258, "CP1258"}};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        iconv_t reader = iconv_open("UTF-8", known[k].name);
        if (reader == (iconv_t)-1) /* NOLINT: POSIX says so */
            continue;
        for (int i = 0; i < LETTERS; i++) {
            char bytes[8], utf8[16];
            if (letters[i].bytes[known[k].encoding] == NULL)
                continue;
            strcpy(bytes, letters[i].bytes[known[k].encoding]);
            char *in = bytes, *out = utf8;
            size_t left = strlen(bytes), room = sizeof utf8;
            assert_true(iconv(reader, &in, &left, &out, &room) != (size_t)-1);
            iconv(reader, NULL, NULL, &out, &room); /* it holds a base back for its tone */
            struct decoded d;
            decode(&d, utf8, sizeof utf8 - room); /* into form C */
            if (d.text.utf8_length != strlen(letters[i].utf8) ||
                memcmp(d.text.utf8, letters[i].utf8, d.text.utf8_length) != 0)
                fail_msg("%s: %s is %.*s", known[k].name, letters[i].utf8,
                         (int)d.text.utf8_length, d.text.utf8);
            decoded_free(&d);
        }
        iconv_close(reader);
    }
}

/* Ten lines are enough. */
static const char short_letter[] =
    "ỦY BAN NHÂN DÂN TỈNH HẬU GIANG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\nSố: 12/UBND-NC\nHậu Giang, ngày 5 tháng 3 năm 2004\n"
    "Kính gửi: Giám đốc các Sở, ngành.\nYêu cầu các đơn vị báo cáo kết quả trước ngày 20.\n"
    "Nơi nhận:\n- Như trên;\nNguyễn Văn Bưởi\n";

static void short_letters_are_recognised(void **state)
{
    (void)state;
    static struct buffer source, wanted;
    for (int w = 0; w < WAYS; w++) {
        for (int e = 0; e < ENCODINGS; e++) {
            source.length = wanted.length = 0;
            encode((enum encoding)e, short_letter, &source, &wanted);
            spoil_so(&source, &ways[w]);
            struct decoded d;
            decode(&d, source.bytes, source.length);
            check_text(ways[w].name, &d, ways[w].encodings[e], &wanted);
            assert_true(d.text.converted);
            assert_int_equal(d.text.capitals_lost, e == TCVN3);
            decoded_free(&d);
        }
    }
}

/* Text as typists and programs left it. */
static const struct {
    const char *name, *source, *encoding, *utf8;
} habits[] = {
    {"VNI capitals with small modifiers", "COäNG HOøA XAõ HOäI CHUû NGHÓA VIEäT NAM", "UTF-8/VNI",
     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    {"VNI capitals with capital modifiers", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM, ÑOÄC LAÄP",
     "UTF-8/VNI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐỘC LẬP"},
    {"headings of .VnTimeH stay lower case", "céng hoµ x· héi chñ nghÜa viÖt nam", "UTF-8/TCVN3",
     "cộng hoà xã hội chủ nghĩa việt nam"},
    {"the capitals of TCVN3 stay", "§éc lËp, §©y ¡n ¢n £m ¤ng ¥n ¦u tiªn cña c¸c bé",
     "UTF-8/TCVN3", "Độc lập, Đây Ăn Ân Êm Ông Ơn Ưu tiên của các bộ"},
    {"typographic signs are none of TCVN3's", "“Céng hoµ” – x· héi chñ nghÜa… viÖt nam",
     "UTF-8/TCVN3", "“Cộng hoà” – xã hội chủ nghĩa… việt nam"},
    {"and are windows-1252's in its bytes", "\x93" "C\xE9ng ho\xB5\x94 \x96 x\xB7 h\xE9i ch\xF1",
     "TCVN3", "“Cộng hoà” – xã hội chủ"},
    {"a no-break space that became plain", "CÃ¡c cÆ¡ quan vÃ  Ä‘Æ¡n vá»‹ Ä‘Ã£ bÃ¡o cÃ¡o",
     "UTF-8/windows-1252", "Các cơ quan và đơn vị đã báo cáo"},
    {"references in a page of bytes", "C\xE9ng&nbsp;ho\xB5 x\xB7 h\xE9i ch\xF1 &amp; \xAE\xE9" "c",
     "TCVN3", "Cộng\xC2\xA0hoà xã hội chủ & độc"},
    {"a no-break space that is a reference, in VISCII", "c\xF5ng&nbsp;h\xF2" "a&#160;x\xE3 h\xB5i&#xA0;ch\xFC",
     "VISCII", "cõng\xC2\xA0hòa\xC2\xA0xã hội\xC2\xA0" "chủ"},
    {"the same as mojibake", "cõng&nbsp;hòa&#160;xã hµi&#xA0;chü nghî" "a vi®t nam l§p", "UTF-8/VISCII",
     "cõng\xC2\xA0hòa\xC2\xA0xã hội\xC2\xA0" "chủ nghĩa việt nam lập"},
    {"in VNI", "COÄNG&nbsp;HOØA XAÕ&#160;HOÄI CHUÛ", "UTF-8/VNI", "CỘNG\xC2\xA0HÒA XÃ\xC2\xA0HỘI CHỦ"},
    {"in windows-1258", "c\xF4\xF2ng&nbsp;ho\xCC" "a xa\xDE h\xF4\xF2i chu\xD2 vi\xEA\xF2t &#273;\xF4\xF2" "c",
     "windows-1258", "cộng\xC2\xA0hòa xã hội chủ việt độc"},
    {"in UTF-8 that was read again, where it is half a letter", "cÆ¡ quan vÃ&nbsp; Ä‘Æ¡n vá»‹ Ä‘Ã£&nbsp;cÃ³",
     "UTF-8/windows-1252", "cơ quan và đơn vị đã\xC2\xA0" "có"},
    {"names of Latin-1 for the letters of TCVN3",
     "C&eacute;ng ho&micro; x&middot; h&eacute;i ch&ntilde; ngh&Uuml;a vi&Ouml;t nam, &reg;&eacute;c l&Euml;p",
     "UTF-8/TCVN3", "Cộng hoà xã hội chủ nghĩa việt nam, độc lập"},
    {"the ư of TCVN3 that looks like a soft hyphen, behind a line of Unicode",
     "C¸c së, ngµnh cña Uû ban nh©n d©n\nSở Nội vụ\n14 ph\xC2\xAD\xC3\xAAng", "UTF-8/TCVN3",
     "Các sở, ngành của Uỷ ban nhân dân\nSở Nội vụ\n14 phường"},
    {"VISCII's control codes alone in a line",
     "c\xF5ng h\xF2" "a x\xE3 h\xB5i ch\xFC ngh\xEE" "a vi\xAEt nam \xF0\xB5" "c l\xA7p s\xAF\n"
     "M\x06U", "VISCII", NULL},
};

static void habits_are_known(void **state)
{
    (void)state;
    static struct buffer wanted;
    for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++) {
        struct decoded d;
        decode(&d, habits[i].source, strlen(habits[i].source));
        if (habits[i].utf8 != NULL) {
            wanted.length = 0;
            put(&wanted, habits[i].utf8, strlen(habits[i].utf8));
            check_text(habits[i].name, &d, habits[i].encoding, &wanted);
        } else {
            assert_string_equal(d.text.encoding, habits[i].encoding);
            assert_memory_equal(d.text.utf8 + d.text.utf8_length - 5, "MẪU", 5);
        }
        decoded_free(&d);
    }
}

/* Texts that stay what they are, once and many times over. */
static const char *const others[] = {
    "Lê Hà, Trân Bô, Lâm Hòa và ông Tô Sâm: “có” – là…\n",
    "Ông François Müller, công ty Škoda và Citroën; bà Zoë Åström, ông Jürgen Groß: «là».\n",
    "25 m², 30 km³, 37°C, ½, ±5%, µm, £20, § 5, Nestlé®, © 2020 của các Sở\n",
    "CAFÉ» À… XÔ” BÊ– NHÂ™ XÃ” HÀ– CÔ” «LÀ»\n",
    "Là où il y a de l'eau, là est la vie; là, là et là. L'été dernier, à la fête du château, les "
    "élèves français ont reçu un prêt très élevé. « Où naît le fleuve ? »\n",
    "Für die Übersendung der Größe danken wir; während der Prüfung müßten Änderungen möglich "
    "sein. Schöne Grüße aus München über die Brücke.\n",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. Má být, já lý ký, kdy půjde čas; jí je líto.\n",
    "Så gik han på vejen og få år gå; må vi få æbler på bordet? Nå, så må vi gå på engen også.\n",
    "Së fundi, të gjithë së bashku, në të së ardhmes së vendit, për të mirën e së tërës.\n",
    "A situação não é boa; às vezes há ação. JOÃO É ALEMÃO. Irmã, maçã, pôr, já, só, lã, avó.\n",
};

static void other_texts_stay(void **state)
{
    (void)state;
    static struct buffer source;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        source.length = 0;
        for (int times = 1; times <= 20; times++) {
            put(&source, others[i], strlen(others[i]));
            if (times != 1 && times != 20)
                continue;
            struct decoded d;
            decode(&d, source.bytes, source.length);
            check_text(others[i], &d, "UTF-8", &source);
            assert_false(d.text.converted);
            decoded_free(&d);
        }
    }
}

/* French, German and Danish bytes of Latin-1 are no Vietnamese: they stay ill-formed. */
static void other_bytes_are_ill_formed(void **state)
{
    (void)state;
    static struct buffer source;
    for (size_t i = 4; i < sizeof others / sizeof others[0]; i++) {
        source.length = 0;
        size_t wide = 0;
        for (const char *c = others[i]; *c != '\0'; c++) {
            unsigned char lead = (unsigned char)*c;
            if (lead >= 0x80)
                lead = (unsigned char)((lead & 3) << 6 | (*++c & 0x3F));
            wide += lead >= 0x80;
            put(&source, &lead, 1);
        }
        struct decoded d;
        decode(&d, source.bytes, source.length);
        assert_string_equal(d.text.encoding, "UTF-8");
        assert_true(d.text.ill_formed > wide / 2);
        decoded_free(&d);
    }
}

/* -------------------------------------------------------------------- several in one file -- */

static const char good_line[] = "Các đơn vị báo cáo Sở Nội vụ kết quả trước ngày 20 hằng tháng.\n";
static const char old_line[] = "Ủy ban nhân dân tỉnh đã có công văn gửi các sở về việc này.\n";

/* 200 lines of which 10 are old: they are found, whatever they are in. */
static void some_lines_of_many_are_found(void **state)
{
    (void)state;
    static struct buffer source, wanted, line;
    for (int w = 0; w < WAYS; w++) {
        for (int e = 0; e < ENCODINGS; e++) {
            source.length = wanted.length = 0;
            size_t begin = 0, end = 0;
            for (int i = 0; i < 200; i++) {
                if (i < 100 || i >= 110) {
                    line.length = 0;
                    put(&line, good_line, strlen(good_line));
                    if (ways[w].unit == 2)
                        widen(&line);
                    put(&source, line.bytes, line.length);
                    put(&wanted, good_line, strlen(good_line));
                    continue;
                }
                begin = i == 100 ? source.length : begin;
                line.length = 0;
                encode((enum encoding)e, old_line, &line, &wanted);
                spoil_so(&line, &ways[w]);
                put(&source, line.bytes, line.length);
                end = source.length;
            }
            struct decoded d;
            decode(&d, source.bytes, source.length);
            check_text(ways[w].name, &d, ways[w].unit == 2 ? "UTF-16LE" : "UTF-8", &wanted);
            const struct cchci_encoding_run *runs = d.text.encodings.data;
            assert_int_equal(d.text.encodings.count, 3);
            assert_string_equal(runs[0].name, ways[w].unit == 2 ? "UTF-16LE" : "UTF-8");
            assert_string_equal(runs[1].name, ways[w].encodings[e]);
            assert_int_equal(runs[0].begin, 0);
            assert_int_equal(runs[0].end, begin);
            assert_int_equal(runs[1].begin, begin);
            assert_int_equal(runs[1].end, end);
            assert_int_equal(runs[2].begin, end);
            assert_int_equal(runs[2].end, source.length);
            decoded_free(&d);
        }
    }
}

/* What the record says of a file in TCVN3 (bytes), VNI (mojibake) and UTF-8. */
static void the_record_lists_the_encodings(void **state)
{
    (void)state;
    static struct buffer source, line;
    source.length = 0;
    size_t ends[6] = {0};
    for (int i = 0; i < 5; i++) {
        static const struct {
            int way;
            enum encoding encoding;
        } parts[] = {{0, TCVN3}, {-1, TCVN3}, {0, TCVN3}, {1, VNI}, {0, TCVN3}};
        put(&source, "17/UBND\n", 8); /* ASCII goes with what is before */
        for (int k = 0; k < 3; k++) {
            line.length = 0;
            if (parts[i].way >= 0) {
                encode(parts[i].encoding, old_line, &line, NULL);
                spoil_so(&line, &ways[parts[i].way]);
            } else {
                put(&line, good_line, strlen(good_line));
            }
            put(&source, line.bytes, line.length);
        }
        ends[i + 1] = source.length + (i < 4 ? 8 : 0);
    }
    cchc_parser *parser = NULL;
    cchc_document *document = NULL;
    assert_int_equal(cchc_parser_new(NULL, &parser), CCHC_OK);
    assert_int_equal(cchc_parse(parser, source.bytes, source.length, &document), CCHC_OK);
    const cchc_source *got = cchc_document_source(document);
    assert_string_equal(got->encoding, "TCVN3");
    assert_int_equal(got->encoding_count, 3);
    static const struct {
        const char *name;
        size_t spans;
        int part[3];
    } want[] = {{"TCVN3", 3, {0, 2, 4}}, {"UTF-8", 1, {1}}, {"UTF-8/VNI", 1, {3}}};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(got->encodings[i].name, want[i].name);
        assert_int_equal(got->encodings[i].span_count, want[i].spans);
        for (size_t k = 0; k < want[i].spans; k++) {
            assert_int_equal(got->encodings[i].spans[k].begin, ends[want[i].part[k]]);
            assert_int_equal(got->encodings[i].spans[k].end, ends[want[i].part[k] + 1]);
        }
    }
    cchc_document_free(document);
    cchc_parser_free(parser);
}

/* Memory stays within a multiple of the input, and an endless line comes to an end. */
static void endless_lines_are_read(void **state)
{
    (void)state;
    enum { LENGTH = 1 << 20 };
    static const char *const pieces[] = {"\xB5", "\xC3\x83\xC2\xA1", "\xC2\xB5\n", "m\xC2\xB8t "};
    char *source = malloc(LENGTH);
    assert_non_null(source);
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        size_t length = strlen(pieces[i]), n = 0;
        for (; n + length <= LENGTH; n += length)
            memcpy(source + n, pieces[i], length);
        struct decoded d;
        decode(&d, source, n);
        assert_int_equal(d.text.src[d.text.count], n);
        assert_true(d.arena.asked <= 20 * n);
        decoded_free(&d);
    }
    free(source);
}

/* The promise of a parse, 16 bytes an input byte and 1 MiB, for letters that go the longest way. */
static void long_letters_keep_the_promise_about_memory(void **state)
{
    (void)state;
    enum { COPIES = 2048 };
    static struct buffer letter;
    struct heap heap = {0};
    cchc_allocator allocator = heap_allocator(&heap);
    cchc_options options = CCHC_OPTIONS_INIT;
    options.allocator = &allocator;
    cchc_parser *parser = NULL;
    assert_int_equal(cchc_parser_new(&options, &parser), CCHC_OK);
    for (int w = 0; w < WAYS; w++) {
        for (int e = 0; e < ENCODINGS; e++) {
            letter.length = 0;
            encode((enum encoding)e, short_letter, &letter, NULL);
            spoil_so(&letter, &ways[w]);
            char *source = malloc(COPIES * letter.length);
            assert_non_null(source);
            for (size_t i = 0; i < COPIES; i++)
                memcpy(source + i * letter.length, letter.bytes, letter.length);
            cchc_document *document = NULL;
            size_t length = COPIES * letter.length, before = heap.asked;
            assert_int_equal(cchc_parse(parser, source, length, &document), CCHC_OK);
            if (heap.asked - before > 16 * length + 1024 * 1024)
                fail_msg("%s: %zu bytes for %zu", ways[w].encodings[e], heap.asked - before, length);
            cchc_document_free(document);
            free(source);
        }
    }
    cchc_parser_free(parser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_is_read_in_every_encoding),
        cmocka_unit_test(utf8_that_was_read_again_is_undone),
        cmocka_unit_test(every_letter_is_read_between_lines_of_unicode),
        cmocka_unit_test(capitals_of_fonts_are_read),
        cmocka_unit_test(iconv_reads_the_same),
        cmocka_unit_test(short_letters_are_recognised),
        cmocka_unit_test(habits_are_known),
        cmocka_unit_test(other_texts_stay),
        cmocka_unit_test(other_bytes_are_ill_formed),
        cmocka_unit_test(some_lines_of_many_are_found),
        cmocka_unit_test(the_record_lists_the_encodings),
        cmocka_unit_test(endless_lines_are_read),
        cmocka_unit_test(long_letters_keep_the_promise_about_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
