/** A catalogue in memory that answers as plain ones do. */
import { normalise } from '../../../electron/domain/fold.ts'
import type { BibRecord } from '../../../electron/domain/holdings/record.ts'
import type { Question } from '../../../electron/domain/holdings/wanted.ts'

const ANSWERED = 50
const letters = (text: string) => normalise(text).replace(/[^\p{L}\p{N}]+/gu, ' ')

export class SmallCatalogue {
  private readonly rows: {
    record: BibRecord
    title: string
    author: string
    closed: { title: string; author: string }
    codes: Set<string>
  }[]

  constructor(records: readonly BibRecord[]) {
    this.rows = records.map((record) => {
      const title = ` ${letters([record.title, record.subtitle, record.part, ...record.otherTitles].join(' '))} `
      const author = ` ${letters(record.authors.join(' '))} `
      const closed = { title: title.replace(/ /g, ''), author: author.replace(/ /g, '') }
      return { record, title, author, closed, codes: new Set([...record.isbns, ...record.issns]) }
    })
  }

  search({ terms }: Question): BibRecord[] {
    const found: BibRecord[] = []
    for (const row of this.rows) {
      const fits = terms.every(({ field, text }) => {
        if (field === 'isbn' || field === 'issn') return row.codes.has(text)
        if (field === 'year') return row.record.year === text
        const name = field === 'author' ? 'author' : 'title'
        const where = row[name]
        return /\p{Script=Han}/u.test(text)
          ? row.closed[name].includes(text.replace(/ /g, ''))
          : text.split(' ').every((word) => where.includes(` ${word} `))
      })
      if (fits && found.push(row.record) === ANSWERED) break
    }
    return found
  }
}
