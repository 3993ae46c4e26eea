/** Received PDFs that are sound: pages, stamps, passwords. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { modernPdf, rawPdf, simpleObjects, simplePdf, stream } from '../unit/documents/support/raw-pdf.ts'
import { codes, expectStamped, receivedDesk } from '../unit/documents/support/received.ts'
import { writeScan } from '../unit/documents/support/scans.ts'
import { has, tool } from '../unit/documents/support/tools.ts'

const tools = has('pdftotext') && has('pdftoppm') && has('qpdf')
const { folder, save, deliver, build, merge, plainOf } = await receivedDesk()

describe.skipIf(!tools)('a received PDF', () => {
  test('keeps its text and fonts as they are and gets the stamp on every page', async () => {
    const built = await build(simplePdf())
    expectStamped(built.texts, 3)
    built.texts.forEach((text, i) => {
      expect(text).toContain(`Sentence number ${i} of the text`)
      expect(text).toContain('quick brown fox')
    })
    expect(await tool('pdffonts', built.out)).toContain('Helvetica')
    expect(codes(built)).toEqual(['larger_than_input'])
  })

  test('with object streams and a cross-reference stream is read alike', async () => {
    const built = await build(modernPdf(simpleObjects()))
    expectStamped(built.texts, 3)
    expect(built.texts[2]).toContain('Sentence number 2')
  })

  test('is merged with scans and other PDFs in the order given, chosen pages only', async () => {
    const scan = await writeScan(folder, 'between', { seed: 9 })
    const one = await save(simplePdf({ pages: 4 }))
    const two = await save(modernPdf(simpleObjects({ pages: 2 })))
    const pages = [
      { kind: 'pdf', path: one, pages: [3] },
      { kind: 'pdf', path: one, pages: [0, 0], rotate: 90 },
      { kind: 'image', path: scan },
      { kind: 'pdf', path: two },
    ] as const
    const { out, report, texts } = await deliver(pages)
    expectStamped(texts, 6)
    expect(texts.map((text) => /Sentence number (\d)/.exec(text)?.[1])).toEqual(['3', '0', '0', undefined, '0', '1'])
    expect(report.perPage.map((page) => page.choice)).toEqual(['pdf', 'pdf', 'pdf', 'bilevel', 'pdf', 'pdf'])
    const info = await tool('pdfinfo', '-f', '1', '-l', '6', out)
    expect([...info.matchAll(/Page +\d+ rot: +(\d+)/g)].map((match) => match[1])).toEqual([
      '0',
      '90',
      '90',
      '0',
      '0',
      '0',
    ])
  })

  test('that lacks a wished page is refused by number', async () => {
    await expect(build(simplePdf(), { pages: [7] })).rejects.toMatchObject({
      code: 'page_out_of_range',
      params: { page: 8, pages: 3 },
    })
  })

  test('turned, shifted, cropped or of odd size has its stamp upright at the same corner of what is seen', async () => {
    const a4 = [595, 842] as const
    const cases: readonly (readonly [entries: string, seen: readonly [number, number]])[] = [
      ['/Rotate 0', a4],
      ['/Rotate 90', [842, 595]],
      ['/Rotate 180', a4],
      ['/Rotate -90', [842, 595]],
      ['/Rotate 450', [842, 595]],
      ['/MediaBox[100 200 695 1042]', a4],
      ['/MediaBox[695 1042 100 200]', a4],
      ['/MediaBox[0 0 1000 1000]/CropBox[200 100 795 942]', a4],
      ['/MediaBox[0 0 1000 1000]/CropBox[200 100 795 942]/Rotate 90', [842, 595]],
      ['/MediaBox[0 0 595 842]/CropBox[-50 -50 5000 5000]', a4],
      ['/MediaBox[0 0 0 0]', [612, 792]],
      ['/MediaBox[0 0 14400 14400]', [14400, 14400]],
      ['/MediaBox[0 0 120 90]', [120, 90]],
      ['/UserUnit 4', a4],
    ]
    const built = await build(simplePdf({ pages: cases.length, page: (i) => cases[i]![0] }))
    expectStamped(built.texts, cases.length)
    const pages = (await tool('pdftotext', '-cropbox', '-bbox', built.out, '-')).split('<page ').slice(1)
    cases.forEach(([entries, [width, height]], i) => {
      const place = (word: string): [number, number, number, number] => {
        const found = new RegExp(
          `xMin="([\\d.-]+)" yMin="([\\d.-]+)" xMax="([\\d.-]+)" yMax="([\\d.-]+)">${word}<`,
        ).exec(pages[i]!)
        return found!.slice(1, 5).map(Number) as [number, number, number, number]
      }
      const [left, top, right, bottom] = place('中国人民大学图书馆')
      expect(left, entries).toBeGreaterThanOrEqual(0)
      expect(left / width, entries).toBeLessThan(0.06)
      expect(top / height, entries).toBeLessThan(0.08)
      expect(right - left, entries).toBeGreaterThan(bottom - top) // upright, not standing on its side
      const check = place('Check')
      expect(check[3] / height, entries).toBeGreaterThan(0.9)
      expect(check[3], entries).toBeLessThanOrEqual(height)
      expect(check[2], entries).toBeLessThanOrEqual(width)
    })
  })

  test.each([
    ['leaves states open', 'q 0.1 0 0 0.1 50 60 cm 1 0 0 rg q q BT /F1 12 Tf 72 400 Td (shrunk \\(q\\) q) Tj ET\n'],
    ['restores too many', 'Q Q Q 0.1 0 0 0.1 50 60 cm % q q q\nBT /F1 12 Tf 72 400 Td (shrunk) Tj ET\n'],
    ['breaks off inside its text', 'BT /F1 12 Tf 0.1 0 0 0.1 50 60 Tm (text) Tj\n'],
    ['breaks off inside a string', 'BT /F1 12 Tf (never closed'],
    ['hides operators in an inline image', 'q 0.1 0 0 0.1 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID Q Q Q EI\n'],
  ])('that %s has its stamp where it belongs', async (_name, content) => {
    const objects = simpleObjects({ pages: 1 }).map((object) =>
      object.number === 5 ? { number: 5, body: stream('', content) } : object,
    )
    const built = await build(rawPdf(objects))
    const page = await tool('pdftotext', '-bbox', built.out, '-')
    const place = /xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>中国人民大学图书馆</.exec(page)!
    expect(Number(place[1])).toBeLessThan(30)
    expect(Number(place[2])).toBeLessThan(40)
  })
})

describe.skipIf(!tools)('an encrypted PDF', () => {
  let locked = 0
  const encrypt = async (user: string, bits: number, ...more: string[]): Promise<Buffer> => {
    const source = await save(simplePdf())
    const target = join(folder, `locked-${locked++}.pdf`)
    await tool('qpdf', '--allow-weak-crypto', '--encrypt', user, 'owner', String(bits), ...more, '--', source, target)
    return readFile(target)
  }
  const kinds: [number, string[]][] = [
    [40, []],
    [128, []],
    [128, ['--use-aes=y']],
    [128, ['--use-aes=y', '--cleartext-metadata']],
    [256, []],
    [256, ['--force-R5']],
  ]

  test('of every kind without a user password is opened with a warning, and what comes of it is not encrypted', async () => {
    const built = await merge(await Promise.all(kinds.map(([bits, more]) => encrypt('', bits, ...more))))
    expectStamped(built.texts, 3 * kinds.length)
    built.texts.forEach((text, i) => expect(text).toContain(`Sentence number ${i % 3}`))
    expect(codes(built).filter((code) => code === 'opened_without_password')).toHaveLength(kinds.length)
    expect(await plainOf(built)).not.toContain('/Encrypt')
  })

  test('of every kind asks for its password, refuses a wrong one and takes that of user and owner', async () => {
    const locked = await Promise.all(kinds.map(([bits, more]) => encrypt('geheim', bits, ...more)))
    for (const bytes of locked) {
      await expect(build(bytes)).rejects.toMatchObject({ code: 'encrypted_pdf' })
      await expect(build(bytes, { password: 'falsch' })).rejects.toMatchObject({ code: 'wrong_password' })
    }
    const byUser = await merge(locked, { password: 'geheim' })
    expectStamped(byUser.texts, 3 * kinds.length)
    expect(codes(byUser)).not.toContain('opened_without_password')
    expectStamped((await merge(locked, { password: 'owner' })).texts, 3 * kinds.length)
  }, 90_000)

  test('is refused where the library does not open what its owner restricts, unless its password is known', async () => {
    const bytes = await encrypt('', 256)
    await expect(build(bytes, {}, { refuseRestricted: true })).rejects.toMatchObject({ code: 'restricted_pdf' })
    const locked = await encrypt('geheim', 256)
    expectStamped((await build(locked, { password: 'geheim' }, { refuseRestricted: true })).texts, 3)
  })

  test('that names a wrong length of its key is opened all the same', async () => {
    const bytes = await encrypt('', 128)
    const wrong = Buffer.from(bytes.toString('latin1').replace('/Length 128', '/Length 127'), 'latin1')
    expect(wrong.includes('/Length 127')).toBe(true)
    expectStamped((await build(wrong)).texts, 3)
  })
})
