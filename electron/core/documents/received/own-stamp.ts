/** Pages that this program has stamped before, here or at the library they come from: the old stamp makes room for the new. */
import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { PdfRef, PdfStream, type PdfDict } from '../pdf/read/values.ts'
import { CONTENT_NAME, FONT_NAME, QR_NAME, STATE_NAME } from '../stamp/content.ts'
import { withoutStamp } from '../stamp/template.ts'

export interface BarePage {
  readonly bytes: Uint8Array
  readonly resources: PdfDict
  /** Where nothing is left but the form that held a received page's content. */
  readonly form: PdfRef | null
}

/** A page's content and resources without our stamp; null where it has none. */
export function withoutOwnStamp(file: PdfFile, bytes: Uint8Array, resources: PdfDict): BarePage | null {
  if (!file.dict(resources.get('Font'))?.has(FONT_NAME)) return null
  const rest = withoutStamp(Buffer.from(bytes).toString('latin1'))
  if (rest === null) return null
  const bare: PdfDict = new Map(resources)
  for (const [category, name] of [
    ['Font', FONT_NAME],
    ['XObject', QR_NAME],
    ['ExtGState', STATE_NAME],
  ] as const) {
    const entries = new Map(file.dict(bare.get(category)) ?? [])
    entries.delete(name)
    bare.set(category, entries)
  }
  return { bytes: Buffer.from(rest, 'latin1'), resources: bare, form: onlyForm(file, rest, resources) }
}

function onlyForm(file: PdfFile, content: string, resources: PdfDict): PdfRef | null {
  if (content.trim() !== `q /${CONTENT_NAME} Do Q`) return null
  const value = file.dict(resources.get('XObject'))?.get(CONTENT_NAME)
  const form = file.resolve(value)
  return value instanceof PdfRef && form instanceof PdfStream && file.name(form.dict.get('Subtype')) === 'Form'
    ? value
    : null
}
