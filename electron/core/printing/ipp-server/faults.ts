/** What a rehearsal printer can pretend, so that staff and tests meet every trouble without a screwdriver. */
export const PRINTER_FAULTS = [
  'media-empty',
  'media-jam',
  'cover-open',
  'busy',
  'not-accepting',
  'unauthorized',
  'offline',
] as const
export type PrinterFault = (typeof PRINTER_FAULTS)[number]

/** Troubles that stop a job until somebody mends the printer. */
export const WAITING_FAULTS: Readonly<Partial<Record<PrinterFault, { reasons: string[]; message: string }>>> = {
  'media-empty': { reasons: ['media-empty-error', 'media-needed-error'], message: 'Out of paper' },
  'cover-open': { reasons: ['cover-open-error'], message: 'Cover open' },
}
