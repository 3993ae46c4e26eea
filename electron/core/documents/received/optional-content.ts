import type { PdfFile } from '../pdf/read/pdf-file.ts'
import { PdfRef } from '../pdf/read/values.ts'
import type { ObjectCopier } from './object-copier.ts'

/** The layers of a received file under their new numbers; without them, hidden layers would show. */
export interface OptionalContent {
  readonly groups: readonly number[]
  readonly hidden: readonly number[]
}

export function optionalContent(file: PdfFile, copier: ObjectCopier): OptionalContent {
  const properties = file.dict(file.root.get('OCProperties'))
  const groups = file.array(properties?.get('OCGs')).filter((group) => group instanceof PdfRef)
  const settings = file.dict(properties?.get('D'))
  const listed = (key: string): Set<number> =>
    new Set(file.array(settings?.get(key)).flatMap((group) => (group instanceof PdfRef ? [group.object] : [])))
  const on = listed('ON')
  const off = listed('OFF')
  const allOff = file.name(settings?.get('BaseState')) === 'OFF'
  const hidden = groups.filter(({ object }) => off.has(object) || (allOff && !on.has(object)))
  return {
    groups: groups.map(({ object }) => copier.number(object)),
    hidden: hidden.map(({ object }) => copier.number(object)),
  }
}
