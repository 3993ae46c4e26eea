import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { isDict, nameOf, PdfRef, PdfStream, PdfString, type PdfDict, type PdfValue } from '../pdf/read/values.ts'
import type { DocumentWarningCode } from '../types.ts'

/** What a delivered file must not carry: things that run, send, open other files or hide them inside. */

/** Action types that stay: going to a place in the document and opening a web address that the reader clicks. */
const HARMLESS_ACTIONS = new Set(['GoTo', 'URI', 'Named', 'Thread', 'Trans', 'SetOCGState', 'GoToDp'])
const ACTION_WARNINGS: Readonly<Record<string, DocumentWarningCode>> = {
  JavaScript: 'javascript_removed',
  Launch: 'launch_action_removed',
  GoToE: 'embedded_file_removed',
  Rendition: 'media_removed',
  Movie: 'media_removed',
  Sound: 'media_removed',
  RichMediaExecute: 'media_removed',
}
const ACTION_TYPES = new Set([
  ...Object.keys(ACTION_WARNINGS),
  'GoToR',
  'SubmitForm',
  'ResetForm',
  'ImportData',
  'Hide',
  'GoTo3DView',
])

/** The warning for an action that must go, or null where the dictionary is harmless or no action. */
export function forbiddenAction(dict: PdfDict): DocumentWarningCode | null {
  const type = nameOf(dict.get('S'))
  if (type === null || HARMLESS_ACTIONS.has(type) || !ACTION_TYPES.has(type)) return null
  const said = nameOf(dict.get('Type'))
  if (said !== null && said !== 'Action') return null
  return ACTION_WARNINGS[type] ?? 'action_removed'
}

/** Annotations that are no more than a container for something that must go. */
export const REMOVED_ANNOTATIONS: Readonly<Record<string, DocumentWarningCode>> = {
  FileAttachment: 'embedded_file_removed',
  Sound: 'media_removed',
  Movie: 'media_removed',
  Screen: 'media_removed',
  '3D': 'media_removed',
  RichMedia: 'media_removed',
  TrapNet: 'annotation_removed',
  PrinterMark: 'annotation_removed',
}

/** Keys that are left out of every dictionary, and the warning where there is one to give. */
export const REMOVED_KEYS: ReadonlyMap<string, DocumentWarningCode | null> = new Map([
  ['AA', 'action_removed'],
  ['EF', 'embedded_file_removed'],
  ['AF', null],
  ['JS', 'javascript_removed'],
  ['PieceInfo', null],
  ['StructParent', null],
  ['StructParents', null],
])

export interface Findings {
  readonly codes: ReadonlySet<DocumentWarningCode>
  readonly signed: boolean
}

/** What the document carries beside its pages; none of it is copied. */
export function inspectCatalog(file: PdfFile): Findings {
  const codes = new Set<DocumentWarningCode>()
  const { root } = file
  const names = file.dict(root.get('Names'))
  if (names?.has('JavaScript')) codes.add('javascript_removed')
  if (names?.has('EmbeddedFiles') || root.has('Collection')) codes.add('embedded_file_removed')
  const opening = file.dict(root.get('OpenAction'))
  const forbidden = opening && forbiddenAction(opening)
  if (forbidden) codes.add(forbidden)
  if (root.has('AA')) codes.add('action_removed')
  const form = file.dict(root.get('AcroForm'))
  const fields = file.array(form?.get('Fields'))
  if (form && (fields.length > 0 || form.has('XFA'))) codes.add('form_flattened')
  const metadata = file.resolve(root.get('Metadata'))
  if (metadata instanceof PdfStream && claimsPdfA(file, metadata)) codes.add('pdfa_lost')
  return { codes, signed: root.has('Perms') || fields.some((field) => isSigned(file, field, new Set())) }
}

function isSigned(file: PdfFile, field: PdfValue, seen: Set<number>): boolean {
  if (field instanceof PdfRef) {
    if (seen.has(field.object) || seen.size > 20_000) return false
    seen.add(field.object)
  }
  const dict = file.dict(field)
  if (!dict) return false
  const value = file.resolve(dict.get('V'))
  if (isDict(value) && (value.has('ByteRange') || nameOf(dict.get('FT')) === 'Sig')) return true
  return file.array(dict.get('Kids')).some((kid) => isSigned(file, kid, seen))
}

function claimsPdfA(file: PdfFile, metadata: PdfStream): boolean {
  try {
    return Buffer.from(file.decoded(metadata)).includes('pdfaid')
  } catch {
    return false // unreadable metadata claims nothing
  }
}

/** A destination's name, as a key of the name trees. */
export const destinationName = (value: PdfValue): string | null =>
  value instanceof PdfString ? Buffer.from(value.bytes).toString('latin1') : nameOf(value)
