/** What a scanner is and how it is set: part of the settings and the status line, so known before the scan desk is. */
import * as z from 'zod'
import { ShortText } from '../words.ts'

export const ScanSource = z.enum(['flatbed', 'feeder', 'feeder_duplex'])
export const ScanMode = z.enum(['lineart', 'grey', 'colour'])
export const ScannerInfo = z.strictObject({
  id: z.string().max(200),
  name: ShortText,
  driver: z.string().max(40),
  state: z.enum(['ready', 'busy', 'offline', 'attention']),
  sources: z.array(ScanSource),
  modes: z.array(ScanMode),
  dpi: z.array(z.int()).max(64),
})
export type ScannerInfo = z.infer<typeof ScannerInfo>

/** What is scanned; a profile of each is remembered for every scanner. */
export const ScanWork = z.enum(['text', 'textGrey', 'colour', 'spread'])
export type ScanWork = z.infer<typeof ScanWork>

const Millimetres = z.number().min(0).max(2000)
/** A part of the glass or of the sheet, from its top left corner. */
export const ScanArea = z.strictObject({ x: Millimetres, y: Millimetres, width: Millimetres, height: Millimetres })
export type ScanArea = z.infer<typeof ScanArea>

/** What is done to pages at once; a person may change any of it afterwards. */
export const ScanTidy = z.strictObject({
  /** Set straight, cut black edges, even the light. */
  straighten: z.boolean(),
  /** Of a book spread: the right page comes first. */
  rightBound: z.boolean(),
  dropBlank: z.boolean(),
  /** Read printed page numbers, to tell a missing page by its number. */
  folios: z.boolean(),
})
export type ScanTidy = z.infer<typeof ScanTidy>

export const ScanProfile = z.strictObject({
  scannerId: z.string().max(200),
  source: ScanSource,
  mode: ScanMode,
  dpi: z.int().min(75).max(1200),
  work: ScanWork.optional(),
  /** Absent: everything the source can see. */
  area: ScanArea.optional(),
  /** Absent: set straight, left-bound, blank pages only marked. */
  tidy: ScanTidy.optional(),
  /** Settings of this one device by its own names (brightness, filename of a software scanner); kept as they are. */
  options: z.record(z.string().max(80), z.string().max(300)).optional(),
})
export type ScanProfile = z.infer<typeof ScanProfile>
