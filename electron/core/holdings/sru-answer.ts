/** Reading what an SRU server sent: records, number of hits, diagnostics, its explanation of itself. */
import {
  attribute,
  elements,
  marcOfElement,
  parseXml,
  textAt,
  textOf,
  type XmlElement,
} from '../../domain/holdings/marcxml.ts'
import { bibRecordOf, type BibRecord } from '../../domain/holdings/record.ts'
import { opacItems } from '../../domain/holdings/opac.ts'
import { CatalogueError } from './catalogue-error.ts'

export interface SruAnswer {
  hits: number
  records: BibRecord[]
  damaged: number
}

/** Records looked at in one answer, whatever a server sends. */
export const RECORDS_TAKEN = 50
/** More hits than this say only that the question was too wide. */
export const HITS_COUNTED = 10_000

/** @param name of the root that is wanted. @throws CatalogueError not_sru, broken, diagnostic */
function rootOf(text: string, name: string): XmlElement {
  const start = text.slice(0, 2000)
  if (/<!doctype\s+html|<html[\s>]/i.test(start)) throw new CatalogueError('not_sru', titleOfPage(text))
  if (!/^\s*(?:\ufeff)?\s*</.test(text)) throw new CatalogueError('not_sru', text.slice(0, 200))
  const parsed = parseXml(text.replace(/^\ufeff/, ''))
  if (parsed === null) throw new CatalogueError('broken')
  const { root } = parsed
  const [problem] = [...elements(root, 'diagnostics', 'diagnostic'), ...(parsed.name === 'diagnostics' ? elements(root, 'diagnostic') : [])] // prettier-ignore
  if (problem) throw diagnosticOf(problem)
  if (parsed.name !== name) throw new CatalogueError('not_sru', parsed.name)
  return root
}

const titleOfPage = (html: string) => /<title[^>]*>([^<]{0,200})/i.exec(html)?.[1]?.trim() ?? ''

function diagnosticOf(node: XmlElement): CatalogueError {
  const uri = textAt(node, 'uri')
  const number = /^info:srw\/diagnostic\/1\/(\d+)$/.exec(uri)?.[1] ?? null
  const told = [textAt(node, 'message'), textAt(node, 'details')].filter(Boolean).join(': ')
  return new CatalogueError('diagnostic', told || uri, number === null ? null : Number(number))
}

/** @throws CatalogueError */
export function readSearch(text: string): SruAnswer {
  const root = rootOf(text, 'searchRetrieveResponse')
  const hits = Number(textAt(root, 'numberOfRecords'))
  if (!Number.isInteger(hits) || hits < 0) throw new CatalogueError('broken', 'numberOfRecords')
  const answer: SruAnswer = { hits, records: [], damaged: 0 }
  for (const node of elements(root, 'records', 'record').slice(0, RECORDS_TAKEN)) {
    const record = readRecord(node)
    if (record) answer.records.push(record)
    else answer.damaged++
  }
  return answer
}

/** A record as XML or as XML in a string; MARC alone or in an OPAC record with its holdings. */
function readRecord(node: XmlElement): BibRecord | null {
  const data = elements(node, 'recordData')[0]
  if (!data) return null
  const packed = textAt(node, 'recordPacking') === 'string' || (textOf(data).startsWith('<') && elements(data, 'record').length === 0) // prettier-ignore
  const parsed = packed ? parseXml(textOf(data)) : null
  const inside = packed ? parsed && { [parsed.name]: [parsed.root] } : data
  if (!inside) return null
  const opac = elements(inside as XmlElement, 'opacRecord')[0]
  const marc = opac ? elements(opac, 'bibliographicRecord', 'record')[0] : (elements(inside as XmlElement, 'record')[0] ?? elements(inside as XmlElement, 'collection', 'record')[0]) // prettier-ignore
  const read = marc && marcOfElement(marc)
  if (!read || typeof read === 'string') return null
  const record = bibRecordOf(read)
  const items = opac ? opacItems(opac) : []
  return items.length > 0 ? { ...record, items } : record
}

export interface Explained {
  title: string
  /** `set.name`, small letters. */
  indexes: Set<string>
  schemas: { name: string; identifier: string }[]
}

/** @throws CatalogueError */
export function readExplain(text: string): Explained {
  const root = rootOf(text, 'explainResponse')
  const explain = elements(root, 'record', 'recordData', 'explain')[0]
  const names = elements(explain, 'indexInfo', 'index', 'map', 'name')
  return {
    title: textAt(explain, 'databaseInfo', 'title'),
    indexes: new Set(names.map((name) => `${attribute(name, 'set')}.${textOf(name)}`.toLowerCase())),
    schemas: elements(explain, 'schemaInfo', 'schema').map((schema) => ({
      name: attribute(schema, 'name'),
      identifier: attribute(schema, 'identifier'),
    })),
  }
}
