import Testing

@testable import Host

@Suite struct ProgramTextTests {
    @Test func onlyCodeOfFilesIsGivenBack() {
        let maps = """
            55d0c0000000-55d0c0400000 r--p 00000000 fe:00 12 /usr/bin/chargehost
            55d0c0400000-55d0c0c00000 r-xp 00400000 fe:00 12 /usr/bin/chargehost
            55d0c0c00000-55d0c0d00000 rw-p 00c00000 fe:00 12 /usr/bin/chargehost
            55d0c1000000-55d0c1200000 rw-p 00000000 00:00 0 [heap]
            7f0000000000-7f0000001000 rwxp 00000000 fe:00 13 /usr/lib/a b.so
            7f0000010000-7f0000030000 r-xp 00001000 fe:00 14 /usr/lib/a b.so
            7f0000040000-7f0000050000 r-xp 00000000 00:00 0
            7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0 [vdso]
            nonsense
            """
        #expect(
            ProgramText.ranges(maps) == [
                .init(start: 0x55d0_c040_0000, length: 0x80_0000), .init(start: 0x7f00_0001_0000, length: 0x2_0000),
            ])
    }

    /// The stack of the first thread stands near the end of the list.
    @Test func theWholeListIsRead() {
        let maps = ProgramText.text("/proc/self/maps")
        #expect(maps.contains("[stack]"))
        ProgramText.giveBack()
        #expect(ProgramText.ranges(maps).reduce(0) { $0 + $1.length } > 1 << 20)
    }
}
