import { read, utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSheet, SheetError } from '../../../electron/core/sheets/read.ts'
import { numberOf } from '../../../electron/core/sheets/sheet.ts'
import { csvOf } from '../../../electron/core/sheets/csv.ts'
import { asLongTable, asTable, type LongTable, type Table } from '../../../electron/core/sheets/table.ts'
import { xlsxOf } from '../../../electron/core/sheets/xlsx.ts'

async function whole(chunks: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts)
}
const toCsv = <Row>(table: LongTable<Row>) => whole(csvOf(table))
const toXlsx = (tables: LongTable<never>[], most?: number) => whole(xlsxOf(tables, {}, most))

interface Book {
  no: string
  title: string
  pages: number
  day: number
}
const table = (rows: Book[]): Table<Book> => ({
  name: '清单/2026',
  columns: [
    { title: '条码', kind: 'text', of: (row) => row.no },
    { title: '题名', kind: 'text', of: (row) => row.title },
    { title: '页数', kind: 'number', of: (row) => row.pages },
    { title: '日期', kind: 'day', of: (row) => row.day },
  ],
  rows,
})
const books: Book[] = [
  { no: '01234567', title: '文化苦旅 修订本', pages: 12, day: 20_779 },
  { no: '9787108056344', title: '=HYPERLINK("http://evil","x")', pages: 1.5, day: 0 },
  { no: 'HG00003902', title: '他说："好", 换行\n再来', pages: 0, day: 1 },
]
const gb18030 = Uint8Array.from([0xcc, 0xe2, 0xc3, 0xfb, 0x2c, 0xb2, 0xe1, 0xca, 0xfd, 0x0a, 0xca, 0xe9, 0x2c, 0x33])

describe('tables given away', () => {
  it('come back from XLSX as they went, barcodes with their zeros', async () => {
    const { rows, name } = readSheet(await toXlsx([asTable(table(books))]))
    expect(name).toBe('清单 2026')
    expect(rows[0]).toEqual(['条码', '题名', '页数', '日期'])
    expect(rows[1]).toEqual(['01234567', '文化苦旅 修订本', '12', '2026-11-22'])
    expect(rows[2]![0]).toBe('9787108056344')
    expect(rows[2]![1]).toBe('=HYPERLINK("http://evil","x")')
  })
  it('carry a byte order mark as CSV, numbers that are names as text, and no formula', async () => {
    const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await toCsv(table(books)))
    expect(csv.startsWith('\ufeff条码,题名')).toBe(true)
    expect(csv).toContain('"\t01234567"')
    expect(csv).toContain('"\'=HYPERLINK(""http://evil"",""x"")"')
  })
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => value.trim())
  const anything = fc.array(fc.record({ no: text, title: text }), { minLength: 1, maxLength: 8 })
  it('come back from CSV whatever stands in a cell', () =>
    fc.assert(
      fc.asyncProperty(anything, async (given) => {
        const rows = given.map((row) => ({ ...row, no: `x${row.no}`.trim(), pages: 1, day: 1 }))
        const back = readSheet(await toCsv(table(rows))).rows.slice(1)
        expect(back.map((row) => [row[0], row[1] ?? ''])).toEqual(
          rows.map((row) => [row.no, /^'[=+\-@\d]/.test(row.title) ? row.title.slice(1) : row.title]),
        )
      }),
    ))
  it('come back from XLSX whatever stands in a cell, but for what XML cannot say', () =>
    fc.assert(
      fc.asyncProperty(anything, async (given) => {
        const rows = given.map((row) => ({ ...row, no: `x${row.no}`, pages: 1, day: 1 }))
        const book = read(await toXlsx([asTable(table(rows))]), { type: 'array' })
        const back = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 }).slice(1)
        const kept = (value: string) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
        expect(back.map((row) => [row[0], row[1] ?? ''])).toEqual(rows.map((row) => [kept(row.no), kept(row.title)]))
      }),
    ))
  it('keep what looks like an escape of the format, and times as they are in Beijing', async () => {
    const odd: Table<number> = {
      name: "'odd'",
      columns: [
        { title: 'text', kind: 'text', of: () => '_x0041_ & <b>' },
        { title: 'at', kind: 'moment', of: (at) => at },
      ],
      rows: [Date.UTC(2026, 10, 22, 16, 5)],
    }
    expect(readSheet(await toXlsx([asTable(odd)])).rows[1]).toEqual(['_x0041_ & <b>', '2026-11-23 00:05'])
    expect(readSheet(await toCsv(odd)).rows[1]).toEqual(['_x0041_ & <b>', '2026-11-23 00:05'])
  })
  it('longer than a sheet can be go on in a next one, each with its head', async () => {
    const many = Array.from({ length: 2300 }, (_, no) => ({ no: `x${no}`, title: '', pages: no, day: 1 }))
    const book = read(await toXlsx([asTable(table(many)), asTable(table(books))], 1001), { type: 'array' })
    expect(book.SheetNames).toEqual(['清单 2026', '清单 2026 2', '清单 2026 3', '清单 2026 4'])
    const back = book.SheetNames.slice(0, 3).map((name) =>
      utils.sheet_to_json<string[]>(book.Sheets[name]!, { header: 1 }),
    )
    expect(back.map((rows) => rows[0]![0])).toEqual(['条码', '条码', '条码'])
    expect(back.flatMap((rows) => rows.slice(1).map((row) => row[0]))).toEqual(many.map(({ no }) => no))
  })
  it.each(['csv'] as const)('of many rows as %s leave room for others, and end when told to', async (format) => {
    const stop = new AbortController()
    let turns = 0
    const count = () => {
      turns++
      if (!stop.signal.aborted) setImmediate(count)
    }
    setImmediate(count)
    let rows = 0
    const endless = (function* () {
      for (let no = 0; ; no++) yield { no: `x${no}`, title: '文化苦旅', pages: 1, day: 1 }
    })()
    const writing = { signal: stop.signal, onRows: (more: number) => (rows += more) > 20_000 && stop.abort() }
    const long = { ...table([]), rows: endless }
    const chunks = format === 'csv' ? csvOf(long, writing) : xlsxOf([asLongTable(long)], writing)
    await expect(whole(chunks)).rejects.toThrow(/abort/)
    expect(rows).toBeGreaterThan(20_000)
    expect(turns).toBeGreaterThanOrEqual(90)
  })
})

describe('tables of others', () => {
  it('in GB18030 are told from UTF-8 by their bytes', () => {
    expect(readSheet(gb18030).rows).toEqual([
      ['题名', '册数'],
      ['书', '3'],
    ])
  })
  it('in old XLS and with semicolons are read too', () => {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['馆名'], ['北京大学图书馆']]), '一')
    const xls = new Uint8Array(write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer)
    expect(readSheet(xls).rows).toEqual([['馆名'], ['北京大学图书馆']])
    expect(readSheet(new TextEncoder().encode('a;b\r\n1;2')).rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })
  it('that are none are refused by name', () => {
    const refusal = (bytes: Uint8Array) => {
      try {
        return readSheet(bytes).rows
      } catch (error) {
        return (error as SheetError).code
      }
    }
    expect(refusal(new Uint8Array([1, 0, 2, 0]))).toBe('sheet_unreadable')
    expect(refusal(Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2, 3]))).toBe('sheet_unreadable')
    expect(refusal(new TextEncoder().encode(' \n,,\n'))).toBe('sheet_empty')
    expect(refusal(new Uint8Array(21 * 1024 * 1024).fill(65))).toBe('sheet_too_large')
    expect(refusal(new TextEncoder().encode('x\n'.repeat(200_002)))).toBe('sheet_too_large')
  })
  it('that would unpack to more than a table is are not unpacked', () => {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['馆名']]), '一')
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
    const first = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    new DataView(bytes.buffer).setUint32(first + 24, 0x7fff_ffff, true)
    expect(() => readSheet(bytes)).toThrow(expect.objectContaining({ code: 'sheet_too_large' }))
  })
  // Workbooks made for harm can take minutes: those are read by a worker (tests/contract/tables.test.ts).
  it('changed anywhere are read or refused by name', () => {
    const rows = Array.from({ length: 30 }, (_, n) => [`题名 ${n}`, '=1+1', n, '__proto__', '"a;b\n'])
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['题名', '公式', '数', 'constructor', '引号'], ...rows]), '一')
    const whole = (['csv'] as const).map(
      (bookType) => new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer),
    )
    const before = Object.getOwnPropertyNames(Object.prototype)
    const change = fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0x7f, 0xff, 0x80))
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.array(change, { maxLength: 12 }),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (file, changes, share) => {
          const bytes = file.slice(0, Math.ceil(file.length * share))
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          try {
            for (const row of readSheet(bytes).rows) for (const cell of row) expect(typeof cell).toBe('string')
          } catch (error) {
            expect(error).toBeInstanceOf(SheetError)
          }
        },
      ),
      { numRuns: 150 },
    )
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  })
  it('have numbers as people type them', () => {
    expect(numberOf('10,259')).toBe(10259)
    expect(numberOf('１２３')).toBe(123)
    expect(numberOf('¥ 12.50')).toBe(12.5)
    expect(numberOf('12册')).toBeNaN()
  })
})
