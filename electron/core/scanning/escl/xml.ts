import { XMLParser } from 'fast-xml-parser'
import { ScanError } from '../scan-error.ts'

/** Bytes of XML taken from a device; real answers are a few kilobytes. */
export const MAX_XML_BYTES = 512 * 1024

/** An element: its children by name (namespace prefix dropped), each a list, or its text. */
export type XmlNode = string | { [name: string]: XmlNode[] }

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  // Only the five entities of XML itself are left once documents with a DOCTYPE are refused.
  processEntities: true,
  maxNestedTags: 32,
  isArray: () => true,
})

/**
 * Reads a device's XML. Devices are strangers: no DOCTYPE (so no entities of their own), limits on size and depth.
 * Errors: `io` for anything that is not such XML with the given root.
 */
export function parseXml(text: string, root: string): XmlNode {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new ScanError('io', 'XML with a DOCTYPE')
  let parsed: Record<string, XmlNode[]>
  try {
    parsed = parser.parse(text, true) as Record<string, XmlNode[]>
  } catch (error) {
    throw new ScanError('io', `not XML: ${(error as Error).message}`)
  }
  const found = Object.hasOwn(parsed, root) ? parsed[root]?.[0] : undefined
  if (found === undefined) throw new ScanError('io', `no ${root} in the answer`)
  return found
}

/** All elements at a path of names below a node; siblings of every level are gone through. */
export function all(node: XmlNode | undefined, ...path: string[]): XmlNode[] {
  let nodes = node === undefined ? [] : [node]
  for (const name of path) {
    nodes = nodes.flatMap((n) => (typeof n === 'object' && Object.hasOwn(n, name) ? (n[name] as XmlNode[]) : []))
  }
  return nodes
}

/** The texts at a path. */
export function texts(node: XmlNode | undefined, ...path: string[]): string[] {
  return all(node, ...path).filter((n) => typeof n === 'string')
}

/** The first text at a path, or ''. */
export function text(node: XmlNode | undefined, ...path: string[]): string {
  return texts(node, ...path)[0] ?? ''
}

/** The first whole number at a path, or null. */
export function whole(node: XmlNode | undefined, ...path: string[]): number | null {
  const found = text(node, ...path)
  return /^\d{1,9}$/.test(found) ? Number(found) : null
}
