import type { TFunction } from 'i18next'

/** As core names the devices that rehearsal plays, by which they are known here. */
const PLAYED: Readonly<Record<string, string>> = {
  'Rehearsal scanner': 'scanner.played',
  '演练打印机 Rehearsal printer': 'printer.played',
}

/** Whether rehearsal plays this device; its name then says already what it is. */
export const isPlayed = (name: string): boolean => name in PLAYED

/** A device's name: its maker's, or, where rehearsal plays it, that of the window's language. */
export const deviceName = (t: TFunction, name: string): string => (PLAYED[name] ? t(PLAYED[name]) : name)
