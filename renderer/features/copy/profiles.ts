import type { ScanArea, ScanProfile, ScanTidy, ScanWork } from '../../../electron/contract/core.contract.ts'

export const WORKS: readonly ScanWork[] = ['text', 'textGrey', 'colour', 'spread']

/** How each kind of work is usually scanned. */
const USUAL: Record<ScanWork, Pick<ScanProfile, 'mode' | 'dpi'>> = {
  text: { mode: 'lineart', dpi: 400 },
  textGrey: { mode: 'grey', dpi: 300 },
  colour: { mode: 'colour', dpi: 300 },
  spread: { mode: 'grey', dpi: 300 },
}

/** The kind of work a profile is for; one that does not say it (set by an administrator, or the first) by its colours. */
export const workOf = ({ work, mode }: Pick<ScanProfile, 'work' | 'mode'>): ScanWork =>
  work ?? ({ lineart: 'text', grey: 'textGrey', colour: 'colour' } as const)[mode]

export const USUAL_TIDY: ScanTidy = { straighten: true, rightBound: false, dropBlank: false, folios: false }

/** Sheet sizes in millimetres; `spread` of the larger ones is an open book on the glass. */
export const SIZES = {
  a3: { width: 297, height: 420 },
  b4: { width: 257, height: 364 },
  a4: { width: 210, height: 297 },
  b5: { width: 176, height: 250 },
  a5: { width: 148, height: 210 },
  '16k': { width: 185, height: 260 },
} as const
export type SizeName = keyof typeof SIZES
export type SheetChoice = SizeName | 'all' | 'custom'
export const SHEETS: readonly SheetChoice[] = ['all', ...(Object.keys(SIZES) as SizeName[]), 'custom']

export const areaOf = (size: SizeName): ScanArea => ({ x: 0, y: 0, ...SIZES[size] })

export function sheetOf(area: ScanArea | undefined): SheetChoice {
  if (!area) return 'all'
  if (area.x !== 0 || area.y !== 0) return 'custom'
  const found = Object.entries(SIZES).find(([, size]) => size.width === area.width && size.height === area.height)
  return (found?.[0] as SizeName | undefined) ?? 'custom'
}

/** The profile remembered for this scanner and kind of work, else one with its usual settings as the scanner can. */
export function profileFor(
  work: ScanWork,
  before: ScanProfile,
  remembered: readonly ScanProfile[],
  can: { modes: readonly ScanProfile['mode'][]; dpi: readonly number[] } | undefined,
): ScanProfile {
  const known = remembered.find((one) => one.scannerId === before.scannerId && one.work === work)
  if (known) return known
  const usual = USUAL[work]
  const mode = !can || can.modes.includes(usual.mode) ? usual.mode : before.mode
  const dpi = !can || can.dpi.includes(usual.dpi) ? usual.dpi : before.dpi
  const { area: _area, ...rest } = before
  return { ...rest, work, mode, dpi, tidy: before.tidy ?? USUAL_TIDY }
}
