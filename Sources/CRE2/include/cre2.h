#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled RE2 program; immutable, so many threads may match with it at once.
typedef struct cre2_pattern cre2_pattern;

/// Compiles a pattern in RE2's default (UTF-8) syntax.
///
/// `max_memory` bounds the bytes that the program and its matcher's state cache may take; a pattern
/// that needs more is refused. On failure the answer is NULL and `error` (of `error_capacity` bytes,
/// NUL included) says why.
cre2_pattern *cre2_compile(const char *pattern, size_t length, int64_t max_memory,
                           char *error, size_t error_capacity);

/// Whether the pattern matches anywhere in the bytes of `text`: -1 when the search gave up.
int cre2_partial_match(const cre2_pattern *pattern, const char *text, size_t length);

/// The number of instructions of the compiled program, a measure of the cost of a match.
int cre2_program_size(const cre2_pattern *pattern);

/// Frees what `cre2_compile` answered; NULL is allowed.
void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
