/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "words.h"

struct pair {
    const char *key;
    const char *words[2]; /* by enum language */
};

#define FIND(table, key, language) find(table, sizeof(table) / sizeof((table)[0]), key, language)

static const char *find(const struct pair *table, size_t count, const char *key,
                        enum language language)
{
    for (size_t i = 0; key != NULL && i < count; i++)
        if (strcmp(table[i].key, key) == 0)
            return table[i].words[language];
    return NULL;
}

const char *word(enum word word, enum language language)
{
    static const char *const words[][2] = {
        [WORD_DOCUMENT] = {"Văn bản", "Document"},
        [WORD_DATE] = {"Ban hành", "Issued"},
        [WORD_PRIORITY] = {"Độ khẩn", "Priority"},
        [WORD_SECRECY] = {"Độ mật", "Secrecy"},
        [WORD_CIRCULATION] = {"Lưu hành", "Circulation"},
        [WORD_AGENCY] = {"Cơ quan", "Agency"},
        [WORD_SUBJECT] = {"Trích yếu", "Subject"},
        [WORD_ADDRESSEES] = {"Kính gửi", "To"},
        [WORD_CLAUSES] = {"Nội dung", "Clauses"},
        [WORD_DEADLINES] = {"Thời hạn", "Deadlines"},
        [WORD_REFERENCES] = {"Viện dẫn", "References"},
        [WORD_RECIPIENTS] = {"Nơi nhận", "Recipients"},
        [WORD_ARCHIVE] = {"Lưu", "Archive"},
        [WORD_SIGNER] = {"Người ký", "Signer"},
        [WORD_COSIGNER] = {"Đồng ký", "Co-signer"},
        [WORD_INCOMING] = {"Dấu đến", "Received"},
        [WORD_E_SIGNATURE] = {"Chữ ký số", "E-signature"},
        [WORD_ANNEXES] = {"Phụ lục", "Annexes"},
        [WORD_ENCODING] = {"Bảng mã", "Encoding"},
        [WORD_NOTES] = {"Lưu ý", "Notes"},
        [WORD_NO_TYPE] = {"Không phải văn bản ban hành", "No issued document"},
        [WORD_NOT_READ] = {"Không đọc được", "Not readable"},
        [WORD_DRAFT] = {"Dự thảo", "Draft"},
        [WORD_PART] = {"văn bản thứ", "letter"},
        [WORD_MORE] = {"mục nữa", "more"},
        [WORD_IN_CLAUSE] = {"mục", "clause"},
    };
    return words[word][language];
}

const char *type_words(const char *slug, enum language language)
{
    static const struct pair types[] = {
        {"nghi_quyet", {"Nghị quyết", "Resolution"}},
        {"quyet_dinh", {"Quyết định", "Decision"}},
        {"chi_thi", {"Chỉ thị", "Directive"}},
        {"quy_che", {"Quy chế", "Statute"}},
        {"quy_dinh", {"Quy định", "Regulation"}},
        {"thong_cao", {"Thông cáo", "Communiqué"}},
        {"thong_bao", {"Thông báo", "Notice"}},
        {"huong_dan", {"Hướng dẫn", "Guidance"}},
        {"chuong_trinh", {"Chương trình", "Programme"}},
        {"ke_hoach", {"Kế hoạch", "Plan"}},
        {"phuong_an", {"Phương án", "Scheme"}},
        {"de_an", {"Đề án", "Proposal"}},
        {"du_an", {"Dự án", "Project"}},
        {"bao_cao", {"Báo cáo", "Report"}},
        {"bien_ban", {"Biên bản", "Minutes"}},
        {"to_trinh", {"Tờ trình", "Submission"}},
        {"hop_dong", {"Hợp đồng", "Contract"}},
        {"cong_van", {"Công văn", "Official letter"}},
        {"cong_dien", {"Công điện", "Official telegram"}},
        {"ban_ghi_nho", {"Bản ghi nhớ", "Memorandum"}},
        {"ban_thoa_thuan", {"Bản thỏa thuận", "Agreement"}},
        {"giay_uy_quyen", {"Giấy ủy quyền", "Power of attorney"}},
        {"giay_moi", {"Giấy mời", "Invitation"}},
        {"giay_gioi_thieu", {"Giấy giới thiệu", "Letter of introduction"}},
        {"giay_nghi_phep", {"Giấy nghỉ phép", "Leave permit"}},
        {"phieu_gui", {"Phiếu gửi", "Dispatch note"}},
        {"phieu_chuyen", {"Phiếu chuyển", "Transfer note"}},
        {"phieu_bao", {"Phiếu báo", "Notification note"}},
        {"thu_cong", {"Thư công", "Public letter"}},
        {"hien_phap", {"Hiến pháp", "Constitution"}},
        {"bo_luat", {"Bộ luật", "Code"}},
        {"luat", {"Luật", "Law"}},
        {"phap_lenh", {"Pháp lệnh", "Ordinance"}},
        {"lenh", {"Lệnh", "Order"}},
        {"nghi_dinh", {"Nghị định", "Decree"}},
        {"thong_tu", {"Thông tư", "Circular"}},
        {"thong_tu_lien_tich", {"Thông tư liên tịch", "Joint circular"}},
        {"nghi_quyet_lien_tich", {"Nghị quyết liên tịch", "Joint resolution"}},
        {"khac", {"Văn bản khác", "Other document"}},
    };
    return FIND(types, slug, language);
}

const char *kind_words(const char *kind, enum language language)
{
    static const struct pair kinds[] = {
        {"date", {"ngày", "day"}},          {"datetime", {"giờ", "time"}},
        {"month", {"tháng", "month"}},      {"quarter", {"quý", "quarter"}},
        {"year", {"năm", "year"}},          {"relative", {"khoảng thời gian", "period"}},
        {"recurring", {"định kỳ", "recurring"}},
    };
    return FIND(kinds, kind, language);
}

const char *bound_words(const char *bound, enum language language)
{
    static const struct pair bounds[] = {
        {"before", {"trước", "before"}},
        {"by", {"chậm nhất", "at the latest"}},
        {"within", {"trong", "within"}},
    };
    return FIND(bounds, bound, language);
}

const char *working_words(int working_days, enum language language)
{
    static const char *const words[2] = {"ngày làm việc", "working days"};
    return working_days == 1 ? words[language] : NULL;
}

const char *diagnostic_words(const char *code)
{
    static const struct {
        const char *code, *words;
    } diagnostics[] = {
        {"io-binary", "Không phải tệp văn bản thuần: tệp PDF, Word, ảnh hoặc tệp nhị phân khác."},
        {"io-limit", "Tệp lớn hơn giới hạn cho phép."},
        {"io-open", "Không mở được tệp."},
        {"io-read", "Không đọc được hết tệp."},
        {"text-empty", "Tệp không có chữ nào."},
        {"text-ill-formed", "Có byte không đúng bảng mã; được giữ và hiện là U+FFFD."},
        {"text-binary", "Trông như tệp nhị phân, không phải văn bản."},
        {"text-encoding", "Văn bản dùng bảng mã cũ, hoặc nhiều bảng mã, và đã được chuyển đổi."},
        {"marks-displaced", "Có dấu thanh, dấu mũ rời khỏi chữ hoặc thừa; khi nhận từ thì bỏ qua."},
        {"text-garbled",
         "Một số dòng mất chữ khi chuyển từ tệp PDF; nội dung đọc được không đúng."},
        {"text-undecodable",
         "Mất chữ khi chuyển từ tệp PDF vì phông không ghi mã chữ; không đọc trường nào."},
        {"not-a-document",
         "Không phải văn bản được ban hành: không thấy phần đầu, số hay nơi kính gửi."},
        {"blank-form", "Biểu mẫu còn để trống."},
        {"draft", "Văn bản tự ghi là dự thảo và chưa có số: chưa được ban hành."},
        {"heading-absent", "Văn bản nhân danh cơ quan nhưng không có phần đầu."},
        {"type-conflict", "Tên loại được in và tên loại trong ký hiệu khác nhau."},
        {"anchor-repaired", "Một từ mốc bị hỏng, được nhận ra nhờ nét giống."},
        {"closing-absent", "Không có nơi nhận và cũng không có chữ ký."},
        {"agency-absent", "Không in cơ quan ban hành."},
        {"code-absent", "Không có số, ký hiệu."},
        {"code-not-borrowed",
         "Thiếu số của chính văn bản; số được viện dẫn này không được lấy thay."},
        {"number-blank", "Số để trống."},
        {"number-unreadable", "Số có in nhưng không đọc được."},
        {"date-absent", "Không in ngày ban hành."},
        {"date-partial", "Ngày hoặc tháng ban hành để trống."},
        {"date-unreadable", "Một phần của ngày ban hành không đọc được."},
        {"date-impossible", "Ngày ban hành không có trong lịch."},
        {"subject-absent", "Không có trích yếu."},
        {"addressees-absent", "Không ghi nơi kính gửi."},
        {"year-unknown", "Thời hạn không ghi năm, và ngày ban hành không cho biết năm."},
        {"rule-unknown", "Thời hạn định kỳ không diễn đạt được bằng quy tắc lặp."},
        {"recipients-absent", "Không có nơi nhận."},
        {"signer-absent", "Không có phần ký."},
        {"signature-noise", "Dấu vết con dấu hoặc chữ ký được bỏ khỏi phần ký."},
        {"limit-heading",
         "Chỉ tìm phần đầu trong các dòng đầu tiên; ở đó không thấy hoặc chưa hết."},
        {"limit-line-length",
         "Một dòng ở phần đầu hoặc phần cuối dài quá giới hạn; đoạn sau không được đọc."},
        {"limit-list",
         "Nơi gửi, nơi nhận hoặc phần ký chạm giới hạn số dòng; phần sau không được đọc."},
        {"limit-items", "Một danh sách dài quá giới hạn; phần còn lại không liệt kê."},
        {"limit-clauses", "Quá nhiều mục; phần còn lại nằm trong mục cuối."},
        {"limit-paragraphs", "Quá nhiều đoạn; phần còn lại nằm trong đoạn cuối."},
        {"limit-clause-depth", "Các mục lồng sâu quá giới hạn; mục sâu nhất xếp ngang hàng."},
        {"limit-diagnostics", "Quá nhiều lưu ý; phần còn lại không liệt kê."},
        {"limit-pattern", "Một đoạn không được xét hết do chạm giới hạn."},
        {"limit-value",
         "Trích yếu, tên cơ quan hoặc mốc tính thời hạn dài quá giới hạn; phần còn lại không được ghi."},
    };
    for (size_t i = 0; i < sizeof diagnostics / sizeof diagnostics[0]; i++)
        if (strcmp(diagnostics[i].code, code) == 0)
            return diagnostics[i].words;
    return NULL;
}
