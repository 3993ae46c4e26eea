/** Deliveries that say of themselves that they are PDF/A-2b. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { brokenRules } from '../unit/documents/support/pdfa.ts'
import { simplePdf } from '../unit/documents/support/raw-pdf.ts'
import { receivedDesk } from '../unit/documents/support/received.ts'
import { writeScan } from '../unit/documents/support/scans.ts'
import { has, STAMP } from '../unit/documents/support/tools.ts'

const { folder, save, deliver } = await receivedDesk()
const it = test.skipIf(!has('qpdf') || !has('pdftotext'))
const SMALL = { width: 620, height: 877 } as const

it('scans in grey and colour with cover, code and watermark keep the rules that their structure can break', async () => {
  const pages = [
    { kind: 'image', path: await writeScan(folder, 'grey', { seed: 1, ...SMALL }) },
    {
      kind: 'image',
      path: await writeScan(folder, 'colour', { seed: 2, ...SMALL, colour: true, picture: true, blueHeading: true }),
    },
  ] as const
  const stamp = { ...STAMP, template: 'watermark', qr: true, cover: { lines: ['题名 Title'] } } as const
  for (const profile of ['clean', 'original'] as const) {
    const { out, report } = await deliver(pages, {
      pdfa: true,
      profile,
      stamp,
      bilevel: profile === 'clean' ? 'g4' : 'jbig2',
    })
    expect(report.warnings.map(({ code }) => code)).not.toContain('pdfa_not_possible')
    expect(await brokenRules(out), profile).toEqual([])
  }
}, 90_000)

it('a character that the stamp’s font lacks takes the promise away', async () => {
  const path = await writeScan(folder, 'lacking', { seed: 3, ...SMALL })
  const { out, report } = await deliver([{ kind: 'image', path }], {
    pdfa: true,
    stamp: { ...STAMP, freeText: '\u{1F4DA}' },
  })
  expect(report.warnings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['missing_glyph', 'pdfa_not_possible']),
  )
  expect(await readFile(out, 'latin1')).not.toContain('pdfaid:part>')
  expect(await brokenRules(out)).toContain('6.2.11.8 no .notdef')
}, 60_000)

it('the check sees what a file breaks that makes no such promise', async () => {
  const { out } = await deliver([{ kind: 'pdf', path: await save(simplePdf()) }], { pdfa: true })
  expect(await readFile(out, 'latin1')).not.toContain('pdfaid:part>')
  expect(await brokenRules(out)).toEqual(
    expect.arrayContaining([
      '6.2.3 an output intent for PDF/A',
      '6.6.4 its part and level',
      '6.2.11.4 no font that is not embedded',
    ]),
  )
}, 60_000)
