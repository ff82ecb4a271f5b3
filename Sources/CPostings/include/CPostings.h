#ifndef CPOSTINGS_H
#define CPOSTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// What takes most of a search, eight numbers at a time, on machines that have what it takes.

#if defined(__x86_64__) || defined(__aarch64__)

#if defined(__x86_64__)
#define WIDE_POSTINGS static inline __attribute__((target("avx2")))

/// Whether the machine has what the functions below take.
static inline bool hasWidePostings(void) { return __builtin_cpu_supports("avx2"); }
#else
#define WIDE_POSTINGS static inline

/// Every machine has it.
static inline bool hasWidePostings(void) { return true; }
#endif

typedef uint64_t PostingWords __attribute__((ext_vector_type(4)));
typedef uint32_t PostingNumbers __attribute__((ext_vector_type(8)));
typedef int32_t PostingSums __attribute__((ext_vector_type(8)));

/// Reads packed gaps into ascending numbers, and tells the first number possible behind them.
///
/// A gap of nought is the number next to the one before. Eight bytes from the middle of the last eight gaps on are read,
/// whether they are gaps or not.
///
/// - Parameters:
///   - packed: gaps of `width` bits each, at most 16, the first at the lowest bits.
///   - count: a multiple of eight.
///   - next: the first number possible.
WIDE_POSTINGS uint32_t unpackGaps(const uint8_t *_Nonnull packed, intptr_t count, intptr_t width, uint32_t next,
                                  uint32_t *_Nonnull numbers) {
  uint64_t w = (uint64_t)width, half = w * 4, rest = half & 7;
  // Four gaps are in one word and four in another, taken in an order in which the low halves come to lie right.
  PostingWords some = {0, w, rest, rest + w}, others = {2 * w, 3 * w, rest + 2 * w, rest + 3 * w};
  PostingWords mask = (1ULL << w) - 1;
  PostingNumbers behind = next, none = 0;
  for (intptr_t at = 0; at < count; at += 8, packed += width) {
    uint64_t first, second;
    memcpy(&first, packed, 8);
    memcpy(&second, packed + (half >> 3), 8);
    PostingWords words = {first, first, second, second};
    PostingWords a = (words >> some) & mask, b = (words >> others) & mask;
    PostingNumbers sums =
        __builtin_shufflevector((PostingNumbers)a, (PostingNumbers)b, 0, 2, 8, 10, 4, 6, 12, 14) + 1;
    sums += __builtin_shufflevector(sums, none, 8, 0, 1, 2, 8, 4, 5, 6);
    sums += __builtin_shufflevector(sums, none, 8, 8, 0, 1, 8, 8, 4, 5);
    sums += __builtin_shufflevector(sums, none, 8, 8, 8, 8, 3, 3, 3, 3);
    sums += behind;
    PostingNumbers found = sums - 1;
    memcpy(numbers + at, &found, sizeof found);
    behind = __builtin_shufflevector(sums, sums, 7, 7, 7, 7, 7, 7, 7, 7);
  }
  return behind[0];
}

/// How many of some numbers are below another.
WIDE_POSTINGS intptr_t countBelow(const uint32_t *_Nonnull numbers, intptr_t count, uint32_t limit) {
  PostingNumbers limits = limit, below = 0;
  intptr_t at = 0;
  for (; at + 8 <= count; at += 8) {
    PostingNumbers some;
    memcpy(&some, numbers + at, sizeof some);
    below -= (PostingNumbers)(some < limits);
  }
  intptr_t total = __builtin_reduce_add(below);
#pragma clang loop vectorize(disable) unroll(disable)
  for (; at < count; at++)
    total += numbers[at] < limit;
  return total;
}

/// The first of the places `start`, `start + 16` and so on, before `count`, from which one of sixteen sums reaches `least`;
/// `count` where there is none.
///
/// - Parameters:
///   - columns: what is summed up; they go on behind `count` to a multiple of sixteen.
///   - sums: those sixteen.
WIDE_POSTINGS intptr_t firstReaching(const int32_t *_Nonnull const *_Nonnull columns, intptr_t columnCount,
                                     intptr_t start, intptr_t count, int32_t least, int32_t *_Nonnull sums) {
  PostingSums limits = least;
  for (intptr_t at = start; at < count; at += 16) {
    PostingSums some = 0, others = 0;
    for (intptr_t column = 0; column < columnCount; column++) {
      PostingSums more;
      memcpy(&more, columns[column] + at, sizeof more);
      some += more;
      memcpy(&more, columns[column] + at + 8, sizeof more);
      others += more;
    }
    if (__builtin_reduce_or((some >= limits) | (others >= limits))) {
      memcpy(sums, &some, sizeof some);
      memcpy(sums + 8, &others, sizeof others);
      return at;
    }
  }
  return count;
}

#endif

#endif
