/**
 * The catalogues of the rehearsal's members, as small SRU servers over what readers ask for: `/rehearsal/sru/<library>`.
 * Which member holds what, and whether it is in, follows from the title, so that each start shows the same shelves.
 */
import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { RequestRow } from '../../contract/centre.contract.ts'
import type { Centre } from '../centre.ts'
import { HOME } from '../seed/directory.ts'

interface Book {
  title: string
  author: string
  year: string
  edition: string
  publisher: string
  isbn: string
  issn: string
  callNumber: string
  location: string
  serial: boolean
}

/** Books read out of the newest requests; enough for a rehearsal. */
const NEWEST = 3000
const SHELF_PLACES = ['中文图书借阅区', '总书库', '密集书库', '外文书库']
/** What figure 3 says: the proceedings were forwarded, so we do not hold them; the volumes on gradually varied flow are out. */
const NOT_OURS = 'Proceedings of the 5th Asia-Pacific Drying Conference'
const LENT = '渐变流'

const escapeXml = (text: string) => text.replace(/[<>&"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
const folded = (text: string) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim() // prettier-ignore
const chance = (...parts: string[]) => createHash('sha256').update(parts.join('|')).digest()[0]! / 256

const shelves = new WeakMap<Centre, { seq: number; books: Book[] }>()

/** Read again only when something came or changed. */
function booksOf(centre: Centre): Book[] {
  const seq = centre.db.sql<{ seq: number }>('SELECT seq FROM library WHERE id = ?').get(HOME)?.seq ?? 0
  const known = shelves.get(centre)
  if (known?.seq === seq) return known.books
  const books = readBooks(centre)
  shelves.set(centre, { seq, books })
  return books
}

/** A journal for an article, the book itself for a loan, each once. */
function readBooks(centre: Centre): Book[] {
  const rows = centre.db
    .sql<{ body: string }>(
      `SELECT body FROM entity WHERE library = ? AND type = 'request' ORDER BY seq DESC LIMIT ${NEWEST}`,
    )
    .all(HOME)
  const books = new Map<string, Book>()
  for (const { body } of rows) {
    const { service, fields, role } = JSON.parse(body) as RequestRow
    if (role !== 'supplier') continue
    const serial = service === 'copy' && fields.journal !== ''
    const title = serial ? fields.journal : fields.title.replace(/[\s（(]*[上中下]册?[)）]?$/, '')
    const key = `${title}|${fields.author}|${fields.edition}`
    const { author, year, edition, publisher, isbn, issn, callNumber, location } = fields
    if (title && !books.has(key))
      books.set(key, { title, author: serial ? '' : author, year: serial ? '' : year, edition, publisher, isbn, issn, callNumber, location, serial }) // prettier-ignore
  }
  return [...books.values()]
}

function holds(library: string, { title }: Book): boolean {
  if (title.includes(NOT_OURS)) return library !== HOME
  if (library === HOME) return chance(library, title) < 0.85 || /文化苦旅|渐变流|大学英语语法/.test(title)
  return chance(library, title) < 0.5
}

/** Two copies, or one of each volume of what comes in two. */
function marcXml(library: string, book: Book): string {
  const id = createHash('sha256').update(`${library}|${book.title}|${book.edition}`).digest('hex').slice(0, 10)
  const inVolumes = /渐变流|大学英语语法/.test(book.title)
  const field = (tag: string, subfields: [code: string, text: string][]) => {
    const inside = subfields.filter(([, text]) => text !== '').map(([code, text]) => `<subfield code="${code}">${escapeXml(text)}</subfield>`) // prettier-ignore
    return inside.length === 0 ? '' : `<datafield tag="${tag}" ind1=" " ind2=" ">${inside.join('')}</datafield>`
  }
  const items = (inVolumes ? ['上册', '下册'] : ['', '']).map((volume, n) => {
    const luck = chance(library, book.title, String(n))
    const out =
      library === HOME && book.title === LENT
        ? true
        : library === HOME && book.title === '文化苦旅'
          ? false
          : luck > 0.8
    return field('905', [
      ['a', library],
      ['b', `${library}${String(Number.parseInt(id.slice(0, 6), 16) * 2 + n).padStart(9, '0')}`],
      ['c', library === HOME ? book.location || SHELF_PLACES[0]! : SHELF_PLACES[Math.floor(luck * 4) % 4]!],
      ['f', book.callNumber || `Z${id.slice(0, 4)}`],
      ['v', volume],
      ['s', book.serial ? '阅览' : out ? '已借出' : '在架可借'],
    ])
  })
  const fields = [
    field('010', [['a', book.isbn]]),
    field('011', [['a', book.issn]]),
    field('200', [
      ['a', book.title],
      ['f', book.author],
    ]),
    field('205', [['a', book.edition]]),
    field('210', [
      ['c', book.publisher],
      ['d', book.year],
    ]),
    field('701', [['a', book.author]]),
  ]
  return `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000n${book.serial ? 'as' : 'am'}0 2200000   450 </leader><controlfield tag="001">${library}${id}</controlfield>${fields.join('')}${items.join('')}</record>`
}

type Clause = [index: string, term: string]

/** `index relation "term"`, joined by `and`: all that the desk asks. @returns null for anything else */
function clausesOf(cql: string): Clause[] | null {
  const clauses: Clause[] = []
  const rest = cql.replace(
    /\(?\s*([\w.]+)\s*(?:=|all)\s*"((?:[^"\\]|\\.)*)"\s*\)?/g,
    (_all, index: string, term: string) => {
      clauses.push([index.toLowerCase(), term.replace(/\\(.)/g, '$1')])
      return ''
    },
  )
  return clauses.length > 0 && /^(\s|and)*$/i.test(rest) ? clauses : null
}

function fits(book: Book, [index, term]: Clause): boolean {
  const wanted = folded(term)
  if (index.endsWith('isbn')) return book.isbn.replace(/-/g, '') === term.replace(/-/g, '')
  if (index.endsWith('issn')) return book.issn.replace(/-/g, '') === term.replace(/-/g, '')
  if (index.endsWith('date')) return book.year === term.trim()
  const text = folded(index.endsWith('creator') ? book.author : index.endsWith('title') ? book.title : `${book.title} ${book.author}`) // prettier-ignore
  if (/\p{Script=Han}/u.test(wanted)) return text.replace(/ /g, '').includes(wanted.replace(/ /g, ''))
  return wanted.split(' ').every((word) => text.split(' ').includes(word))
}

const EXPLAIN = `<explain xmlns="http://explain.z3950.org/dtd/2.0/"><databaseInfo><title>演练书目</title></databaseInfo><indexInfo>${['bath.isbn', 'bath.issn', 'dc.title', 'dc.creator', 'dc.date'].map((name) => `<index><map><name set="${name.split('.')[0]}">${name.split('.')[1]}</name></map></index>`).join('')}</indexInfo><schemaInfo><schema name="marcxml" identifier="info:srw/schema/1/marcxml-v1.1"/></schemaInfo></explain>` // prettier-ignore

/** GET with the parameters of SRU 1.1 and 1.2. */
export function serveCatalogue(centre: Centre, res: ServerResponse, url: URL): void {
  const library = url.pathname.slice('/rehearsal/sru/'.length)
  const send = (root: string, inside: string) => {
    res.writeHead(200, { 'Content-Type': 'application/xml; charset=utf-8' })
    res.end(`<?xml version="1.0" encoding="UTF-8"?><zs:${root} xmlns:zs="http://www.loc.gov/zing/srw/"><zs:version>1.2</zs:version>${inside}</zs:${root}>`) // prettier-ignore
  }
  const query = url.searchParams.get('query')
  if (query === null) {
    send('explainResponse', `<zs:record><zs:recordPacking>xml</zs:recordPacking><zs:recordData>${EXPLAIN}</zs:recordData></zs:record>`) // prettier-ignore
    return
  }
  const clauses = clausesOf(query)
  if (clauses === null) {
    send('searchRetrieveResponse', `<zs:numberOfRecords>0</zs:numberOfRecords><zs:diagnostics><diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/"><uri>info:srw/diagnostic/1/10</uri><message>Query syntax error</message></diagnostic></zs:diagnostics>`) // prettier-ignore
    return
  }
  const found = booksOf(centre).filter((book) => holds(library, book) && clauses.every((clause) => fits(book, clause)))
  const most = Math.min(Number(url.searchParams.get('maximumRecords') ?? 10) || 10, 50)
  const records = found.slice(0, most).map((book) => `<zs:record><zs:recordPacking>xml</zs:recordPacking><zs:recordData>${marcXml(library, book)}</zs:recordData></zs:record>`) // prettier-ignore
  send('searchRetrieveResponse', `<zs:numberOfRecords>${found.length}</zs:numberOfRecords><zs:records>${records.join('')}</zs:records>`) // prettier-ignore
}
