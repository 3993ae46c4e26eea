import { describe, expect, test } from 'vitest'
import type { ScanRequest } from '../../../electron/core/scanning/driver.ts'
import { modeArgs, offeredSources, scanArgs, sourceArgs } from '../../../electron/core/scanning/sane/choose.ts'
import { saneError } from '../../../electron/core/scanning/sane/errors.ts'
import { parseOptions } from '../../../electron/core/scanning/sane/options.ts'

/** Printed by `scanimage -A` for devices of other makers; shortened to the lines that matter. */
const FUJITSU = `
All options specific to device \`fujitsu:fi-6130dj:12345':
  Scan Mode:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
        Selects the scan source (such as a document-feeder).
    --mode Lineart|Halftone|Gray|Color [Lineart]
    --resolution 50..600dpi (in steps of 1) [300]
  Geometry:
    --page-width 0..221.121mm (in steps of 0.0211639) [215.872]
    --page-height 0..876.695mm (in steps of 0.0211639) [279.364]
    -l 0..215.872mm (in steps of 0.0211639) [0]
    -t 0..279.364mm (in steps of 0.0211639) [0]
    -x 0..221.121mm (in steps of 0.0211639) [215.872]
    -y 0..876.695mm (in steps of 0.0211639) [279.364]
    --button-1[=(yes|no)] [no] [hardware]
`
const EPSON = `
    --mode Lineart|Gray|Color [Lineart]
    --depth 8|16 [inactive]
    --resolution 75|150|300|600|1200dpi [75]
    --source Flatbed|Automatic Document Feeder|Transparency Unit [Flatbed]
    --adf-mode Simplex|Duplex [inactive]
    -l 0..215.9mm [0]
    -t 0..297.18mm [0]
    -x 0..215.9mm [215.9]
    -y 0..297.18mm [297.18]
`
const AIRSCAN = `
    --resolution 75|150|300|600dpi [300]
    --mode Color|Gray [Color]
    --source Flatbed|ADF|ADF Duplex [Flatbed]
`
const GLASS_ONLY = `
    --mode 1-bit Black & White|8-bit Grayscale|24-bit Color [8-bit Grayscale]
    --resolution 300dpi [300] [read-only]
`
const request = (change: Partial<ScanRequest>): ScanRequest => ({
  scannerId: 'sane:x',
  source: 'flatbed',
  mode: 'grey',
  dpi: 300,
  spoolDir: '/nowhere',
  firstSeq: 1,
  ...change,
})

describe('a device is spoken to in its own words', () => {
  test('feeder and duplex are found whatever the maker calls them, and the back side alone is never taken', () => {
    const fujitsu = parseOptions(FUJITSU)
    expect(offeredSources(fujitsu)).toEqual(['feeder', 'feeder_duplex'])
    expect(sourceArgs(fujitsu, 'feeder')).toEqual(['--source=ADF Front'])
    expect(sourceArgs(fujitsu, 'feeder_duplex')).toEqual(['--source=ADF Duplex'])
    const epson = parseOptions(EPSON)
    expect(sourceArgs(epson, 'flatbed')).toEqual(['--source=Flatbed'])
    expect(sourceArgs(epson, 'feeder_duplex')).toEqual(['--source=Automatic Document Feeder', '--adf-mode=Duplex'])
    expect(sourceArgs(parseOptions(AIRSCAN), 'feeder_duplex')).toEqual(['--source=ADF Duplex'])
  })

  test('a device without a source has a glass only', () => {
    expect(offeredSources(parseOptions(GLASS_ONLY))).toEqual(['flatbed'])
  })

  test('modes are matched by meaning, and one that is missing is not made up', () => {
    const glass = parseOptions(GLASS_ONLY)
    expect(modeArgs(glass, 'lineart')).toEqual(['--mode=1-bit Black & White'])
    expect(modeArgs(glass, 'grey')).toEqual(['--mode=8-bit Grayscale'])
    expect(modeArgs(glass, 'colour')).toEqual(['--mode=24-bit Color'])
    expect(modeArgs(parseOptions(AIRSCAN), 'lineart')).toBeNull()
    expect(modeArgs(parseOptions(EPSON), 'grey')).toEqual(['--mode=Gray'])
  })

  test('the nearest resolution is taken, and a read-only one is not set', () => {
    expect(scanArgs(parseOptions(AIRSCAN), request({ dpi: 400 }))).toMatchObject({ dpi: 300 })
    expect(scanArgs(parseOptions(AIRSCAN), request({ dpi: 450 })).args).toContain('--resolution=600')
    const fixed = scanArgs(parseOptions(GLASS_ONLY), request({ dpi: 600 }))
    expect(fixed.dpi).toBe(300)
    expect(fixed.args.some((arg) => arg.startsWith('--resolution'))).toBe(false)
  })

  test('the area is cut to the device, and a feeder is told its sheet', () => {
    const area = { x: 0, y: 0, width: 210, height: 297 }
    const { args } = scanArgs(parseOptions(FUJITSU), request({ source: 'feeder', area }))
    expect(args).toEqual(expect.arrayContaining(['--page-width=210', '--page-height=297']))
    expect(args.slice(-8)).toEqual(['-l', '0', '-t', '0', '-x', '210', '-y', '297'])
    const a3 = scanArgs(parseOptions(EPSON), request({ area: { x: 10, y: 0, width: 420, height: 420 } }))
    expect(a3.args.slice(-4)).toEqual(['-x', '205.9', '-y', '297.18'])
  })

  test('hardware buttons are read, not set', () => {
    expect(() =>
      scanArgs(parseOptions(FUJITSU), request({ source: 'feeder', options: { 'button-1': 'yes' } })),
    ).toThrow(/unsupported/)
  })
})

describe('what scanimage says is told apart though its exit code is not', () => {
  test.each([
    [1, 'scanimage: open of device nope:1 failed: Invalid argument', 'offline'],
    [1, 'scanimage: no SANE devices found', 'offline'],
    [1, 'scanimage: setting of option --mode failed (Invalid argument)', 'unsupported'],
    [1, "scanimage: unrecognized option '--zork'", 'unsupported'],
    [1, "scanimage: could not open output file '/x/p1.png', exiting", 'io'],
    [6, 'scanimage: sane_start: Document feeder jammed', 'jam'],
    [9, 'scanimage: received signal 13\nscanimage: sane_read: Scanner cover is open', 'cover_open'],
    [3, 'scanimage: sane_start: Device busy', 'busy'],
    [134, 'libpng error: No IDATs written into file', 'io'],
    [null, 'libpng error: write: No space left on device', 'disk_full'],
    [77, 'something new', 'unknown'],
  ] as const)('%s, %s', (exit, stderr, code) => {
    expect(saneError(exit, `Output format is not set, using pnm as a default.\n${stderr}\nProgress: 3.0%\r`).code).toBe(
      code,
    )
  })
})
