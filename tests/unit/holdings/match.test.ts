/** Which record a request means, and what can be answered. */
import { expect, test } from 'vitest'
import { cqlOf, cqlTerm } from '../../../electron/domain/holdings/cql.ts'
import type { Item } from '../../../electron/domain/holdings/items.ts'
import { matchRecord, type Wanted } from '../../../electron/domain/holdings/match.ts'
import { pqfOf } from '../../../electron/domain/holdings/pqf.ts'
import { fittingItems, proposalFor } from '../../../electron/domain/holdings/proposal.ts'
import type { BibRecord } from '../../../electron/domain/holdings/record.ts'
import { tidied } from '../../../electron/domain/holdings/pasted.ts'
import { parseTitle } from '../../../electron/domain/holdings/title.ts'
import { questionsFor } from '../../../electron/domain/holdings/wanted.ts'
import { judge } from '../../bench/holdings/index.ts'

const nothing: Wanted = { title: '', author: '', year: '', edition: '', isbn: '', issn: '', volumes: [], serial: false }
const bare: BibRecord = {
  format: 'cnmarc',
  controlNo: '1',
  title: '',
  subtitle: '',
  part: '',
  otherTitles: [],
  authors: [],
  edition: '',
  publisher: '',
  year: '',
  isbns: [],
  issns: [],
  extent: '',
  items: [],
}
const verdict = (wanted: Partial<Wanted>, record: Partial<BibRecord>) =>
  matchRecord({ ...nothing, ...wanted }, { ...bare, ...record }).verdict
const item = (part: Partial<Item>): Item => ({ callNumber: 'I267/1', location: '', barcode: '', volume: '', availability: 'available', until: '', ...part }) // prettier-ignore

test('a title is the same in traditional forms, full width, brackets, with edition and volume apart', () => {
  const plain = parseTitle('概率论与数理统计 第2版 下册')
  expect(plain).toMatchObject({ core: '概率论与数理统计', edition: '2', volume: { kind: 'word', value: '下' } })
  expect(parseTitle('《概率論與數理統計》（第二版）（下）')).toMatchObject({ core: plain.core, edition: '2', volume: plain.volume }) // prettier-ignore
  expect(parseTitle('Ｌｉｎｅａｒ　Algebra, 3rd edition, vol. 2')).toMatchObject({ core: 'linearalgebra', edition: '3', volume: { kind: 'number', value: 2 } }) // prettier-ignore
  expect(parseTitle('北京大学学报(自然科学版)').core).not.toBe(parseTitle('北京大学学报(社会科学版)').core)
  expect(parseTitle('上册').core).toBe('上册')
})

test('title, author and year make it; another year, author or volume unmakes it', () => {
  const book = { title: '文化苦旅', authors: ['余秋雨著'], year: '2019' }
  const wanted = { title: '文化苦旅', author: '余秋雨', year: '2019' }
  expect(verdict(wanted, book)).toBe('same')
  expect(verdict({ ...wanted, title: '文化若旅' }, book)).toBe('same')
  expect(verdict({ ...wanted, year: '1992' }, book)).not.toBe('same')
  expect(verdict({ ...wanted, author: '王安忆' }, book)).toBe('possible')
  expect(verdict({ ...wanted, volumes: ['下册'] }, { ...book, part: '上册' })).toBe('other')
  expect(verdict({ ...wanted, volumes: ['下册'] }, { ...book, part: '第2册' })).toBe('same')
  expect(verdict({ ...wanted, edition: '修订本' }, { ...book, edition: '第3版' })).toBe('same')
  expect(verdict({ ...wanted, edition: '第2版' }, { ...book, edition: '第3版' })).not.toBe('same')
})

test('a number alone is no proof: the wrong ISBN under the right title is looked at by a person, and the other way about', () => {
  const isbn = '9787535498427'
  expect(verdict({ title: '量子力学导论', isbn }, { title: '文化苦旅', isbns: [isbn] })).toBe('possible')
  expect(verdict({ title: '文化苦旅', isbn }, { title: '文化苦旅', isbns: [isbn] })).toBe('same')
})

test('why a record is taken adds up to its score', () => {
  const match = matchRecord({ ...nothing, title: '文化苦旅', author: '余秋雨', year: '2019' }, { ...bare, title: '文化苦旅', authors: ['余秋雨'], year: '2018' }) // prettier-ignore
  expect(match.evidence.map(({ of, is }) => [of, is])).toEqual([['title', 'same'], ['author', 'same'], ['year', 'close']]) // prettier-ignore
  expect(match.score).toBe(match.evidence.reduce((sum, { points }) => sum + points, 0))
})

test('the record of a whole set answers for a volume that its items name', () => {
  const set = { title: '渐变流', items: [item({ volume: '上册' }), item({ volume: '下册' })], year: '1983' }
  expect(verdict({ title: '渐变流 下', year: '1983' }, set)).toBe('same')
  expect(verdict({ title: '渐变流', year: '1983', volumes: ['第3册'] }, { ...set, items: [item({ volume: '上册' })] })).toBe('other') // prettier-ignore
})

test('what a person typed stays a term: it cannot name an index, end the query or mask', () => {
  expect(cqlTerm('a" or cql.allRecords="1')).toBe('"a\\" or cql.allRecords=\\"1"')
  expect(cqlTerm('C\\*?^\u0000\n')).toBe('"C\\\\\\*\\?\\^"')
  const indexes = { isbn: 'bath.isbn', issn: '', title: 'dc.title', author: 'dc.creator', year: 'dc.date', any: '' }
  const question = { terms: [{ field: 'title' as const, text: 'Soil "Mechanics' }, { field: 'year' as const, text: '1999' }] } // prettier-ignore
  expect(cqlOf(question, indexes)).toBe('(dc.title all "Soil \\"Mechanics") and (dc.date = "1999")')
  expect(cqlOf({ terms: [{ field: 'issn', text: '16717775' }] }, indexes)).toBeNull()
  expect(pqfOf({ terms: [{ field: 'title', text: 'x"\nquit' }, { field: 'year', text: '1999' }] })).toBe('@and @attr 1=4 @attr 4=6 "x\\" quit" @attr 1=31 "1999"') // prettier-ignore
})

test('questions go from the surest to parts of the title, so that one typing error does not hide a book', () => {
  const questions = questionsFor({ ...nothing, title: '概率论与数理统计 第2版', author: '陈希孺编著', isbn: '7-312-01838-6', year: '2009' }) // prettier-ignore
  expect(questions.map(({ terms }) => terms.map(({ text }) => text).join('+'))).toEqual([
    '9787312018381',
    '概率论与数理统计',
    '概率论与+陈希孺',
    '数理统计+陈希孺',
    '陈希孺+2009',
  ])
})

test('what is pasted behind a title is taken for what it is; a title that is nothing else is left alone', () => {
  const of = (title: string, author = '') => {
    const { title: left, author: by } = tidied({ ...nothing, title, author })
    return [left, by]
  }
  expect(of('文化苦旅 / 余秋雨著')).toEqual(['文化苦旅', '余秋雨著'])
  expect(of('文化苦旅 余秋雨著', '余秋雨')).toEqual(['文化苦旅', '余秋雨'])
  expect(of('文化苦旅，作家出版社，2019')).toEqual(['文化苦旅', ''])
  expect(of('高等数学 同济大学数学系 编')).toEqual(['高等数学', '同济大学数学系'])
  expect(of('Linear Algebra / Gilbert Strang')).toEqual(['Linear Algebra', 'Gilbert Strang'])
  for (const whole of ['TCP/IP 详解', '中华书局', '回忆商务印书馆', '古籍 版本学'])
    expect(of(whole)).toEqual([whole, ''])
  // Another name than the author typed is part of the title.
  expect(of('通信 / 原理', '樊昌信')).toEqual(['通信 / 原理', '樊昌信'])
})

test('an answer is proposed only where the catalogue is clear', () => {
  const out = item({ availability: 'on_loan', until: '2026-12-24' })
  expect(proposalFor('loan', 'not_held', [])).toEqual({ kind: 'cannotSupply', reason: 'NotHeld' })
  expect(proposalFor('loan', 'unknown', [])).toEqual({ kind: 'none' })
  expect(proposalFor('loan', 'possible', [out])).toEqual({ kind: 'none' })
  expect(proposalFor('loan', 'held', [out, out])).toEqual({ kind: 'retryLater', reason: 'OnLoan', until: '2026-12-24' })
  expect(proposalFor('loan', 'held', [out, item({})])).toEqual({ kind: 'supply' })
  expect(proposalFor('loan', 'held', [out, item({ availability: 'unknown' })])).toEqual({ kind: 'none' })
  const reading = item({ availability: 'in_library' })
  expect(proposalFor('loan', 'held', [reading])).toEqual({ kind: 'cannotSupply', reason: 'NonCirculating' })
  expect(proposalFor('copy', 'held', [reading])).toEqual({ kind: 'supply' })
  expect(fittingItems([item({ volume: '上' }), item({ volume: '下' })], ['下册'])).toHaveLength(1)
})

test('over small labelled sets with typing errors, editions and volumes the goals hold', async () => {
  const sets = [await judge(7, 1500, 120), await judge(8, 1500, 120), await judge(9, 1500, 120)]
  const mean = (of: (one: (typeof sets)[number]) => number) => sets.reduce((sum, one) => sum + of(one), 0) / sets.length
  expect(mean(({ told }) => told)).toBeGreaterThan(60)
  expect(mean(({ precision }) => precision)).toBeGreaterThanOrEqual(0.98)
  expect(mean(({ recall }) => recall)).toBeGreaterThanOrEqual(0.9)
})
