/** MARC as catalogues send it: both formats, both encodings, damaged in places. */
import { expect, test } from 'vitest'
import { readIso2709 } from '../../../electron/domain/holdings/iso2709.ts'
import { availabilityOf } from '../../../electron/domain/holdings/items.ts'
import { readMarcXml } from '../../../electron/domain/holdings/marcxml.ts'
import { bibRecordOf } from '../../../electron/domain/holdings/record.ts'
import { isbn10Of, isbn13Of, issnOf } from '../../../electron/domain/holdings/standard-number.ts'
import { toCollection, toIso2709, toMarcXml, type WrittenRecord } from '../../support/marc.ts'

const cnmarc: WrittenRecord = {
  leader: 'nam0 ',
  fields: [
    ['001', '012019000123'],
    ['010', '##$a978-7-5354-9842-7$b精装$dCNY48.00'],
    ['200', '1#$a文化苦旅$e散文集$h上册$f余秋雨著'],
    ['205', '##$a修订本'],
    ['210', '##$a武汉$c长江文艺出版社$d2019'],
    ['215', '##$a2册$d23cm'],
    ['701', '#0$a余秋雨$4著'],
    ['905', '##$aRUC$b01234567$b01234568$c文学书库$dI267$e1034$v上$s在架可借'],
  ],
}
const marc21: WrittenRecord = {
  fields: [
    ['001', 'ocm123'],
    ['008', '150101s2015    enk           000 0 eng d'],
    ['020', '##$a0521880688 (hardback)'],
    ['100', '1#$aPress, William H.,$eauthor.'],
    ['245', '10$aNumerical recipes :$bthe art of scientific computing.$nVol. 2 /$cWilliam H. Press ... [et al.].'],
    ['250', '##$a3rd ed.'],
    ['264', '#1$aCambridge :$bCambridge University Press,$c2007, c2006.'],
    ['952', '##$aMAIN$cSTACK$oQA297 .N866$p31234000123456$q2026-12-24'],
    ['952', '##$aMAIN$cREF$oQA297 .N866$p31234000123457$71'],
  ],
}

test.each(['utf-8', 'gbk'] as const)('a CNMARC record in %s gives its work and its items', (encoding) => {
  const { records, problems } = readIso2709(toIso2709(cnmarc, encoding))
  expect(problems).toEqual([])
  expect(bibRecordOf(records[0]!)).toMatchObject({
    format: 'cnmarc',
    controlNo: '012019000123',
    title: '文化苦旅',
    subtitle: '散文集',
    part: '上册',
    authors: ['余秋雨', '余秋雨著'],
    edition: '修订本',
    publisher: '长江文艺出版社',
    year: '2019',
    isbns: ['9787535498427'],
    items: [
      { callNumber: 'I267/1034', location: '文学书库', barcode: '01234567', volume: '上', availability: 'available' },
      { barcode: '01234568' },
    ],
  })
})

test('a MARC 21 record is the same from ISO 2709 and from MARCXML', () => {
  const fromBytes = bibRecordOf(readIso2709(toIso2709(marc21)).records[0]!)
  expect(bibRecordOf(readMarcXml(toCollection([marc21])).records[0]!)).toEqual(fromBytes)
  expect(fromBytes).toMatchObject({
    format: 'marc21',
    title: 'Numerical recipes',
    subtitle: 'the art of scientific computing.',
    part: 'Vol. 2',
    edition: '3rd ed.',
    year: '2007',
    isbns: ['9780521880688'],
  })
  expect(fromBytes.items.map(({ availability, until }) => [availability, until])).toEqual([
    ['on_loan', '2026-12-24'],
    ['in_library', ''],
  ])
})

test('title and author in the original script stand before their romanisation', () => {
  const fields: WrittenRecord['fields'] = [
    ['245', '10$6880-01$aWen hua ku lü /$cYu Qiuyu.'],
    ['880', '10$6245-01/$1$a文化苦旅 /$c余秋雨.'],
  ]
  const read = bibRecordOf(readMarcXml(toMarcXml({ fields })).records[0]!)
  expect(read.title).toBe('文化苦旅')
  expect(read.otherTitles).toContain('Wen hua ku lü')
})

test('damage stays in its record and is told', () => {
  const good = toIso2709(cnmarc)
  const headless = Buffer.concat([Buffer.from('XXXXXgarbage\u001e'), Buffer.from('\u001d')])
  const cut = good.subarray(0, good.length - 30)
  const { records, problems } = readIso2709(Buffer.concat([good, headless, good, cut]))
  expect(records).toHaveLength(2)
  expect(problems).toEqual([
    { at: 1, problem: 'leader' },
    { at: 3, problem: 'truncated' },
  ])
})

test('a directory that counts characters instead of bytes does not lose the record', () => {
  const bytes = toIso2709(cnmarc)
  const wrong = Buffer.from(bytes)
  // The length of the first data field, as a program that counts characters would write it.
  wrong.write('0001', 24 + 12 + 3)
  expect(bibRecordOf(readIso2709(wrong).records[0]!).title).toBe('文化苦旅')
})

test('a spoilt byte in UTF-8 spoils one character, not the record', () => {
  const bytes = Buffer.from(toIso2709({ fields: [...cnmarc.fields, ['330', `##$a${'摘要'.repeat(80)}`]] }))
  bytes[bytes.indexOf(Buffer.from('摘要')) + 1] = 0xff
  const { records, problems } = readIso2709(bytes)
  expect(bibRecordOf(records[0]!).title).toBe('文化苦旅')
  expect(problems).toEqual([{ at: 0, problem: 'encoding' }])
})

test('XML with entities of its own, HTML and nothing are no MARC', () => {
  const bomb = `<!DOCTYPE record [<!ENTITY a "aaaa">]>${toMarcXml(cnmarc)}`
  for (const text of [bomb, '<html><body>请登录</body></html>', '', '{"records":[]}'])
    expect(readMarcXml(text)).toEqual({ records: [], problems: [{ at: 0, problem: 'not_marc' }] })
})

test('standard numbers are one number however they are written, and none when their check fails', () => {
  for (const text of ['978-7-5354-9842-7', 'ISBN 9787535498427 (精装)', '９７８７５３５４９８４２７', '7-5354-9842-6'])
    expect(isbn13Of(text)).toBe(isbn13Of('9787535498427'))
  expect(isbn13Of('9787535498426')).toBe('')
  expect(isbn13Of('0-521-88068-8')).toBe('9780521880688')
  expect(isbn10Of('9780521880688')).toBe('0521880688')
  expect(issnOf('ISSN 1671-7775')).toBe(issnOf('16717775'))
  expect(issnOf('1671-7776')).toBe('')
})

test('words of catalogues for an item’s state are understood, and what is not known is unknown', () => {
  const said = { 可借: 'available', 在架上: 'available', '不可外借，仅供阅览': 'in_library', '已借出 应还 2026-12-01': 'on_loan', 遗失: 'missing', 'Not checked out': 'available', 'Checked out': 'on_loan', 待编: 'unknown', '': 'unknown' } // prettier-ignore
  for (const [words, state] of Object.entries(said)) expect(availabilityOf(words), words).toBe(state)
})
