/**
 * MARCXML: one or many `record` elements, with any namespace prefix. Answers of strangers: no DOCTYPE (so no entities of
 * their own), limits on depth, and a record that is wrong is told and passed over.
 */
import { XMLParser } from 'fast-xml-parser'
import type { MarcProblem, MarcReading, MarcRecord } from './marc.ts'

/** An element: attributes under `@name`, text under `#`, children by name without prefix, each a list. */
export type XmlElement = { [name: string]: string | XmlElement[] }

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  alwaysCreateTextNode: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  htmlEntities: false,
  maxNestedTags: 64,
  isArray: (_name: string, _path: unknown, _leaf: boolean, isAttribute: boolean) => !isAttribute,
})

/** @returns the document's root by name, or null when it is no XML we read */
export function parseXml(text: string): { name: string; root: XmlElement } | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return null
  try {
    const parsed = parser.parse(text, true) as XmlElement
    const name = Object.keys(parsed).find((key) => !key.startsWith('?') && key !== '#')
    const root = name === undefined ? undefined : parsed[name]
    return Array.isArray(root) && root[0] ? { name: name!, root: root[0] } : null
  } catch {
    return null
  }
}

/** Elements at a path of names; every sibling on the way is gone through. */
export function elements(from: XmlElement | undefined, ...path: string[]): XmlElement[] {
  let found = from === undefined ? [] : [from]
  for (const name of path)
    found = found.flatMap((node) => {
      const children = Object.hasOwn(node, name) ? node[name] : undefined
      return Array.isArray(children) ? children : []
    })
  return found
}

export const attribute = (node: XmlElement | undefined, name: string): string => {
  const value = node?.[`@${name}`]
  return typeof value === 'string' ? value : ''
}
export const textOf = (node: XmlElement | undefined): string => {
  const value = node?.['#']
  return typeof value === 'string' ? value.trim() : ''
}
/** The first text at a path, or ''. */
export const textAt = (from: XmlElement | undefined, ...path: string[]): string => textOf(elements(from, ...path)[0])

/** A `record` element. */
export function marcOfElement(node: XmlElement): MarcRecord | MarcProblem {
  const record: MarcRecord = {
    leader: textAt(node, 'leader'),
    control: elements(node, 'controlfield').map((field) => ({ tag: attribute(field, 'tag'), value: textOf(field) })),
    data: elements(node, 'datafield')
      .map((field) => ({
        tag: attribute(field, 'tag'),
        ind1: attribute(field, 'ind1') || ' ',
        ind2: attribute(field, 'ind2') || ' ',
        subfields: elements(field, 'subfield')
          .map((sub) => ({ code: attribute(sub, 'code'), value: textOf(sub).normalize('NFC') }))
          .filter(({ code }) => code.length === 1),
      }))
      .filter(({ tag, subfields }) => /^[0-9A-Za-z]{3}$/.test(tag) && subfields.length > 0),
  }
  return record.data.length === 0 ? 'empty' : record
}

/** A whole file of MARCXML. */
export function readMarcXml(text: string): MarcReading {
  const parsed = parseXml(text)
  const nodes = parsed === null ? [] : parsed.name === 'record' ? [parsed.root] : elements(parsed.root, 'record')
  if (nodes.length === 0) return { records: [], problems: [{ at: 0, problem: 'not_marc' }] }
  const reading: MarcReading = { records: [], problems: [] }
  nodes.forEach((node, at) => {
    const read = marcOfElement(node)
    if (typeof read === 'string') reading.problems.push({ at, problem: read })
    else reading.records.push(read)
  })
  return reading
}
