import Glibc

/// The addresses of the public internet, told from those of a machine, a local network or a protocol.
///
/// What comes from outside may name any host. A program that fetches it on the inside must not become a way to what only
/// the inside can reach. Source: the IANA registries of special-purpose addresses (RFC 6890), as of 2024.
public enum PublicAddress {
    /// Whether an address, in bytes as they are sent, may belong to a public host.
    ///
    /// - Parameter bytes: 4 of IPv4 or 16 of IPv6.
    /// - Returns: false for any other number of bytes as well.
    public static func contains(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: !special4.contains { $0.contains(bytes) }
        case 16:
            embedded(in: bytes).map(contains)
                ?? (global6.contains(bytes) && !special6.contains { $0.contains(bytes) })
        default: false
        }
    }

    /// Whether a host, as it is written in an address, can be public: false for local names and for numbers of
    /// addresses that are not.
    ///
    /// A name that passes must still be looked at once it is resolved.
    public static func mayBe(host: String) -> Bool {
        let name = host.lowercased().drop { $0 == "[" }.prefix { $0 != "]" && $0 != "%" }
        if let bytes = numeric(String(name)) { return contains(bytes) }
        let trimmed = name.hasSuffix(".") ? name.dropLast() : name
        return !trimmed.isEmpty && trimmed.contains(".") && !localEndings.contains { trimmed.hasSuffix($0) }
    }

    /// The bytes of an address that is written in numbers.
    private static func numeric(_ host: String) -> [UInt8]? {
        var four = in_addr()
        // Also the shorter and the octal and hexadecimal forms, which resolvers understand.
        if inet_aton(host, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        if inet_pton(AF_INET6, host, &six) == 1 { return withUnsafeBytes(of: &six) { Array($0) } }
        return nil
    }

    /// The IPv4 address that an IPv6 address stands for (mapped, translated, 6to4); nil for all others.
    private static func embedded(in bytes: [UInt8]) -> [UInt8]? {
        if Block([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96).contains(bytes) {
            return Array(bytes[12...])
        }
        if Block([0, 0x64, 0xFF, 0x9B], 96).contains(bytes) { return Array(bytes[12...]) }
        if Block([0x20, 0x02], 16).contains(bytes) { return Array(bytes[2..<6]) }
        return nil
    }

    /// All addresses that begin with the same bits.
    private struct Block {
        let prefix: [UInt8]
        let bits: Int

        init(_ prefix: [UInt8], _ bits: Int) { (self.prefix, self.bits) = (prefix, bits) }

        func contains(_ bytes: [UInt8]) -> Bool {
            (0..<bits).allSatisfy { bit in
                let place = bit / 8
                let mask: UInt8 = 0x80 >> UInt8(bit % 8)
                let wanted = place < prefix.count ? prefix[place] : 0
                return place < bytes.count && bytes[place] & mask == wanted & mask
            }
        }
    }

    private static let special4 = [
        Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8), Block([169, 254], 16),
        Block([172, 16], 12),
        Block([192, 0, 0], 24), Block([192, 0, 2], 24), Block([192, 88, 99], 24), Block([192, 168], 16),
        Block([198, 18], 15),
        Block([198, 51, 100], 24), Block([203, 0, 113], 24), Block([224], 4), Block([240], 4),
    ]
    /// All that is given out at all (RFC 4291).
    private static let global6 = Block([0x20], 3)
    private static let special6 = [
        Block([0x20, 0x01], 23), Block([0x20, 0x01, 0x0D, 0xB8], 32), Block([0x3F, 0xFF, 0x00], 20),
    ]
    private static let localEndings = [
        ".localhost", ".local", ".internal", ".lan", ".home", ".home.arpa", ".intranet", ".corp",
    ]
}
