#include "cre2.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include <re2/re2.h>

struct cre2_pattern {
    re2::RE2 expression;

    cre2_pattern(const re2::StringPiece &pattern, const re2::RE2::Options &options)
        : expression(pattern, options) {}
};

namespace {

// Exceptions must not cross into Swift, so every entry point catches what the allocator may throw.
void write_error(const std::string &text, char *error, size_t capacity) {
    if (error == nullptr || capacity == 0) return;
    size_t length = std::min(text.size(), capacity - 1);
    std::memcpy(error, text.data(), length);
    error[length] = '\0';
}

}  // namespace

extern "C" cre2_pattern *cre2_compile(const char *pattern, size_t length, int64_t max_memory,
                                      char *error, size_t error_capacity) {
    try {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(max_memory);
        auto *compiled = new cre2_pattern(re2::StringPiece(pattern, length), options);
        if (compiled->expression.ok()) return compiled;
        write_error(compiled->expression.error(), error, error_capacity);
        delete compiled;
        return nullptr;
    } catch (const std::exception &failure) {
        write_error(failure.what(), error, error_capacity);
        return nullptr;
    }
}

extern "C" int cre2_partial_match(const cre2_pattern *pattern, const char *text, size_t length) {
    try {
        return pattern->expression.Match(re2::StringPiece(text, length), 0, length,
                                         re2::RE2::UNANCHORED, nullptr, 0)
                   ? 1
                   : 0;
    } catch (const std::exception &) {
        return -1;
    }
}

extern "C" int cre2_program_size(const cre2_pattern *pattern) {
    return pattern->expression.ProgramSize();
}

extern "C" void cre2_free(cre2_pattern *pattern) {
    delete pattern;
}
