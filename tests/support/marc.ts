/** Writes MARC records for tests: ISO 2709 in UTF-8 or GBK, and MARCXML. Independent of the reader under test. */
import { execFileSync } from 'node:child_process'

/** `245 10 $aTitle /$cName`: tag, indicators (# = blank), subfields. A control field has no `$`. */
export interface WrittenRecord {
  leader?: string
  fields: [tag: string, value: string][]
}

const escapeXml = (text: string) =>
  text.replace(/[<>&"]/g, (mark) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[mark]!)

function parts(value: string): { indicators: string; subfields: [code: string, text: string][] } {
  const [head, ...rest] = value.split('$')
  return {
    indicators: (head!.trimEnd() || '##').replace(/#/g, ' ').padEnd(2, ' ').slice(0, 2),
    subfields: rest.map((part) => [part[0]!, part.slice(1)]),
  }
}

/** GBK by the system's iconv: Node writes no GBK. */
function encodeGbk(text: string): Buffer {
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GBK'], { input: text })
}

export function toIso2709(record: WrittenRecord, encoding: 'utf-8' | 'gbk' = 'utf-8'): Buffer {
  const encode = encoding === 'gbk' ? encodeGbk : (text: string) => Buffer.from(text)
  const bodies = record.fields.map(([tag, value]) => {
    if (!value.includes('$')) return { tag, body: encode(`${value}\u001e`) }
    const { indicators, subfields } = parts(value)
    return { tag, body: encode(`${indicators}${subfields.map(([c, t]) => `\u001f${c}${t}`).join('')}\u001e`) }
  })
  let at = 0
  const directory = bodies
    .map(({ tag, body }) => {
      const entry = `${tag}${String(body.length).padStart(4, '0')}${String(at).padStart(5, '0')}`
      at += body.length
      return entry
    })
    .join('')
  const base = 24 + directory.length + 1
  const total = base + at + 1
  const kind = record.leader ?? (encoding === 'gbk' ? 'nam0 ' : 'nam a')
  const leader = `${String(total).padStart(5, '0')}${kind.padEnd(5, ' ')}22${String(base).padStart(5, '0')}   4500`
  return Buffer.concat([Buffer.from(`${leader}${directory}\u001e`), ...bodies.map(({ body }) => body), Buffer.from('\u001d')]) // prettier-ignore
}

export function toMarcXml(record: WrittenRecord): string {
  const fields = record.fields.map(([tag, value]) => {
    if (!value.includes('$')) return `<controlfield tag="${tag}">${escapeXml(value)}</controlfield>`
    const { indicators, subfields } = parts(value)
    const inside = subfields.map(([code, text]) => `<subfield code="${code}">${escapeXml(text)}</subfield>`).join('')
    return `<datafield tag="${tag}" ind1="${indicators[0]}" ind2="${indicators[1]}">${inside}</datafield>`
  })
  return `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000${(record.leader ?? 'nam a').padEnd(5, ' ')}2200000   4500</leader>${fields.join('')}</record>`
}

export const toCollection = (records: readonly WrittenRecord[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">${records.map(toMarcXml).join('\n')}</collection>\n`
