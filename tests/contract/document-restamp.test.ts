/** A delivery that is stamped once more, by this desk or by the library it was sent to. */
import { expect, test } from 'vitest'
import { flate, simplePdf } from '../unit/documents/support/raw-pdf.ts'
import { codes, expectStamped, receivedDesk, type Built } from '../unit/documents/support/received.ts'
import { writeScan } from '../unit/documents/support/scans.ts'
import { has, STAMP, tool } from '../unit/documents/support/tools.ts'

const { folder, save, deliver, plainOf, engine } = await receivedDesk()
const it = test.skipIf(!has('qpdf') || !has('pdftotext'))

const OLD = { ...STAMP, requestNo: 'OLD00000001', library: '清华大学图书馆', qr: true, template: 'watermark' } as const
const again = (built: Built, more = {}): Promise<Built> => deliver([{ kind: 'pdf', path: built.out }], more)

it('a received page keeps one stamp, the newest, and its check', async () => {
  const path = await save(simplePdf())
  const first = await deliver([{ kind: 'pdf', path }], { stamp: OLD })
  const second = await again(first)
  const third = await again(second)
  expectStamped(third.texts, 3)
  for (const text of third.texts) expect(text.match(/Check/g)).toHaveLength(1)
  expect(third.texts.join('')).not.toMatch(/OLD00000001|清华/)
  expect(codes(second)).toContain('stamp_replaced')
  expect(codes(first)).not.toContain('stamp_replaced')
  // The same page under whatever stamp: so its hash, and the file is no deeper for having been stamped before.
  expect(third.report.pageHashes).toEqual(first.report.pageHashes)
  expect(third.report.sha256).toBe(second.report.sha256)
  const plain = await plainOf(third)
  expect(plain.match(/\/BalisDeskP \d+ 0 R/g)).toHaveLength(3)
  expect(plain).not.toContain('/BalisDeskQ')
  expect((await engine.verify(third.out)).holds).toBe(true)
}, 60_000)

it('a scanned page with its text layer, saved by another program meanwhile, keeps one stamp', async () => {
  const scan = await writeScan(folder, 'one', { seed: 4, width: 620, height: 877 })
  const first = await deliver([{ kind: 'image', path: scan }], { stamp: OLD })
  const saved = `${first.out}.saved.pdf`
  await tool('qpdf', '--linearize', '--object-streams=disable', first.out, saved)
  const second = await deliver([{ kind: 'pdf', path: saved }])
  expectStamped(second.texts, 1)
  expect(second.texts.join('')).not.toMatch(/OLD00000001|清华/)
  expect(await plainOf(second)).not.toMatch(/\/BalisDesk[QG]/)
  expect((await engine.verify(second.out)).holds).toBe(true)
}, 60_000)

it('the old stamp stays where no new one takes its place', async () => {
  const first = await deliver([{ kind: 'pdf', path: await save(simplePdf({ pages: 1 })) }], { stamp: OLD })
  const second = await again(first, { stamp: undefined })
  expect(second.texts[0]).toContain('OLD00000001')
  expect(codes(second)).not.toContain('stamp_replaced')
}, 60_000)

it('what only looks like a stamp is the page’s own and stays', async () => {
  const words = 'BT /F1 12 Tf 72 300 Td (the page itself) Tj ET'
  const likeOurs = `/BalisDesk<</Page 1/Pages 2>>BDC\nq ${words} Q EMC\n`
  const extra = [{ number: 60, body: flate('', likeOurs) }]
  const built = await deliver([
    { kind: 'pdf', path: await save(simplePdf({ pages: 1, extra, page: '/Contents 60 0 R' })) },
  ])
  expect(built.texts[0]).toContain('the page itself')
}, 60_000)
