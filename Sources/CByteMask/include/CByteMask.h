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

#endif
