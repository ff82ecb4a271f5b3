import Testing
import Transport

@Suite struct PublicAddressTests {
    @Test(arguments: [
        "93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "[2606:4700::1111]",
        "[2001:4860:4860::8888]", "example.org",
        "example.org.", "[::ffff:1.1.1.1]", "xn--bcher-kva.example", "[64:ff9b::101:101]",
    ])
    func `public hosts may be reached`(_ host: String) { #expect(PublicAddress.mayBe(host: host)) }

    @Test(arguments: [
        "127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "0", "10.1.2.3", "172.16.0.1",
        "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]",
        "[fe80::1%eth0]", "[fc00::1]",
        "[fd12::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "[2001:db8::1]", "[ff02::1]",
        "localhost", "LOCALHOST", "printer", "a.localhost", "nas.local", "db.internal", "",
    ])
    func `hosts of the inside may not be reached`(_ host: String) {
        #expect(!PublicAddress.mayBe(host: host))
    }

    @Test func `what is no address is not public`() {
        #expect(!PublicAddress.contains([]) && !PublicAddress.contains([1, 1, 1]))
    }
}
