#ifndef CBYTEMASK_H
#define CBYTEMASK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/// What each of 64 bytes is, a bit a byte, the first the lowest.
typedef struct {
  /// ASCII letters and digits.
  uint64_t alphanumeric;
  /// ASCII marks that may join what stands on both sides to one word: an apostrophe, a hyphen, a dot, a comma.
  uint64_t joining;
  /// No ASCII.
  uint64_t wide;
} ByteMasks;

typedef uint8_t ByteMaskBytes __attribute__((ext_vector_type(16)));
typedef bool ByteMaskBits __attribute__((ext_vector_type(16)));

#define BYTE_MASK_BITS(condition)                                              \
  __builtin_bit_cast(uint16_t, __builtin_convertvector(condition, ByteMaskBits))

/// Tells what 64 bytes are, sixteen at a time.
static inline __attribute__((always_inline)) ByteMasks
byteMasks(const uint8_t *_Nonnull bytes) {
  ByteMasks masks = {0, 0, 0};
  for (int place = 0; place < 64; place += 16) {
    ByteMaskBytes some;
    memcpy(&some, bytes + place, 16);
    uint64_t letters = BYTE_MASK_BITS((some | 0x20) - 0x61 < 26);
    uint64_t digits = BYTE_MASK_BITS(some - 0x30 < 10);
    uint64_t joining = BYTE_MASK_BITS(some - 0x2C < 3) | BYTE_MASK_BITS(some == 0x27);
    uint64_t wide = BYTE_MASK_BITS(some >= 0x80);
    masks.alphanumeric |= (letters | digits) << place;
    masks.joining |= joining << place;
    masks.wide |= wide << place;
  }
  return masks;
}

/// Defines a function that tells the place of the first byte from a place on for which a condition on `some` holds, or
/// the number of bytes where there is none; sixteen are looked at at a time.
#define BYTE_SEARCH(name, condition)                                           \
  static inline intptr_t name(const uint8_t *_Nonnull bytes, intptr_t start,   \
                              intptr_t count) {                                \
    intptr_t at = start;                                                       \
    for (; at + 16 <= count; at += 16) {                                       \
      ByteMaskBytes some;                                                      \
      memcpy(&some, bytes + at, 16);                                           \
      uint16_t found = BYTE_MASK_BITS(condition);                              \
      if (found)                                                               \
        return at + __builtin_ctz(found);                                      \
    }                                                                          \
    for (; at < count; at++) {                                                 \
      uint8_t some = bytes[at];                                                \
      if (condition)                                                           \
        return at;                                                             \
    }                                                                          \
    return at;                                                                 \
  }

/// What stands in no JSON text as it is: a quotation mark, a backslash or a control.
BYTE_SEARCH(firstEscapedByte, (some < 0x20) | (some == 0x22) | (some == 0x5C))

/// What is no ASCII character to be seen and no space.
BYTE_SEARCH(firstUnusualByte, (some < 0x20) | (some > 0x7E))

/// What is no ASCII.
BYTE_SEARCH(firstWideByte, some > 0x7F)

/// What may begin the end of a sentence: `.`, `!`, `?`, the end of a line, and the first byte of wide punctuation.
BYTE_SEARCH(firstStopByte, (some == 0x2E) | (some == 0x21) | (some == 0x3F) | (some == 0x0A) |
                               (some == 0x0D) | (some == 0xE2) | (some == 0xE3) |
                               (some == 0xEF))

/// How many ASCII letters stand from one place to another.
static inline intptr_t letterCount(const uint8_t *_Nonnull bytes, intptr_t start, intptr_t end) {
  typedef uint16_t Sums __attribute__((ext_vector_type(16)));
  intptr_t count = 0, at = start;
  while (at + 16 <= end) {
    // A byte counts to 255.
    intptr_t stop = at + 16 * 255 < end ? at + 16 * 255 : end;
    ByteMaskBytes counts = 0;
    for (; at + 16 <= stop; at += 16) {
      ByteMaskBytes some;
      memcpy(&some, bytes + at, 16);
      counts -= (ByteMaskBytes)((some | 0x20) - 0x61 < 26);
    }
    count += __builtin_reduce_add(__builtin_convertvector(counts, Sums));
  }
  for (; at < end; at++)
    count += (uint8_t)((bytes[at] | 0x20) - 0x61) < 26;
  return count;
}

/// Whether a slash stands anywhere, or a small letter or its capital twice in a row.
static inline bool holdsSlashOrPair(const uint8_t *_Nonnull bytes, intptr_t count, uint8_t letter) {
  intptr_t at = 0;
  // The next sixteen begin with the second of the last pair.
  for (; at + 17 <= count; at += 16) {
    ByteMaskBytes some, next;
    memcpy(&some, bytes + at, 16);
    memcpy(&next, bytes + at + 1, 16);
    if (BYTE_MASK_BITS((some == 0x2F) | (((some | 0x20) == letter) & ((next | 0x20) == letter))))
      return true;
  }
  for (; at < count; at++) {
    if (bytes[at] == 0x2F)
      return true;
    if (at + 1 < count && (bytes[at] | 0x20) == letter && (bytes[at + 1] | 0x20) == letter)
      return true;
  }
  return false;
}

/// Whether a colon stands anywhere, or a dash behind a space: `:`, the last byte of `：`, or a space and `-` or the first
/// byte of `–` and `—`.
static inline bool holdsColonOrDash(const uint8_t *_Nonnull bytes, intptr_t count) {
  intptr_t at = 0;
  for (; at + 17 <= count; at += 16) {
    ByteMaskBytes some, next;
    memcpy(&some, bytes + at, 16);
    memcpy(&next, bytes + at + 1, 16);
    if (BYTE_MASK_BITS((some == 0x3A) | (some == 0x9A) |
                       ((some == 0x20) & ((next == 0x2D) | (next == 0xE2)))))
      return true;
  }
  for (; at < count; at++) {
    if (bytes[at] == 0x3A || bytes[at] == 0x9A)
      return true;
    if (bytes[at] == 0x20 && at + 1 < count && (bytes[at + 1] == 0x2D || bytes[at + 1] == 0xE2))
      return true;
  }
  return false;
}

/// The place where a row of bytes stands first, or the number of bytes where it does not; the row is not empty.
///
/// Source: W. Muła, "SIMD-friendly algorithms for substring searching", 2016; by the last two bytes, in which wide
/// characters differ most.
static inline intptr_t firstRow(const uint8_t *_Nonnull bytes, intptr_t count, const uint8_t *_Nonnull row,
                                intptr_t length) {
  if (length > count)
    return count;
  uint8_t last = row[length - 1], other = row[length > 1 ? length - 2 : 0];
  intptr_t behind = length - 1, before = length > 1 ? length - 2 : 0;
  intptr_t places = count - behind, at = 0;
  for (; at + 16 <= places; at += 16) {
    ByteMaskBytes some, others;
    memcpy(&some, bytes + at + behind, 16);
    memcpy(&others, bytes + at + before, 16);
    uint16_t found = BYTE_MASK_BITS((some == last) & (others == other));
    for (; found; found &= found - 1) {
      intptr_t place = at + __builtin_ctz(found);
      if (memcmp(bytes + place, row, (size_t)length) == 0)
        return place;
    }
  }
  for (; at < places; at++)
    if (bytes[at + behind] == last && memcmp(bytes + at, row, (size_t)length) == 0)
      return at;
  return count;
}

#endif
