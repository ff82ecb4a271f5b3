#ifndef CPREFETCH_H
#define CPREFETCH_H

/// Asks for the memory at an address, which is read soon, and does not wait for it.
static inline void prefetch(const void *_Nonnull address) { __builtin_prefetch(address); }

#endif
