/**
 * What stands on each printed thing. Dates are ready-made texts (`2026-11-22`, `2026-11-22 14:05`), so that a slip
 * rendered twice is the same file whatever the clock and time zone. Empty texts are left out on paper.
 * Fields follow 1-product.md, ISO 18626 and the slips of Project ReShare.
 */

/** Who printed it and which print this is; stands small at the foot. */
export interface PrintNote {
  /** Our library, full name. */
  library: string
  printedAt: string
  staff: string
  /** 1 for the first print; a higher number is marked as reprint. */
  copyNo: number
}

export interface PullSlip extends PrintNote {
  requestNo: string
  centreNo: string
  service: 'copy' | 'loan'
  urgent: boolean
  /** Title of the book or journal. */
  title: string
  author: string
  /** For a copy: the article or chapter; else empty. */
  part: string
  /** Publication year, volume, issue and pages as they were asked for. */
  year: string
  volume: string
  issue: string
  pages: string
  /** ISBN or ISSN. */
  standardNo: string
  callNumber: string
  location: string
  /** The library that asks. */
  partner: string
  deliveryMethod: string
  appliedAt: string
  promiseAt: string
  note: string
  /** Place of this slip in the batch, in shelf order. */
  sheet: { n: number; of: number }
}

export interface BookSlip extends PrintNote {
  requestNo: string
  title: string
  author: string
  volume: string
  year: string
  callNumber: string
  /** The item's own barcode. */
  barcode: string
  /** The library that borrows. */
  partner: string
  /** The reader as the partner names them; printed masked. */
  reader: string
  dueDate: string
  deliveryMethod: string
  /** Conditions of use, free text. */
  conditions: string
  /** Where it goes back to. */
  returnTo: string
}

export interface PostalAddress {
  library: string
  department: string
  address: string
  postcode: string
  contact: string
  phone: string
}

export interface AddressLabel extends PrintNote {
  to: PostalAddress
  from: PostalAddress
  route: string
  /** Request number or bag that this parcel is; printed as code. */
  code: string
}

export interface BagLabel extends PrintNote {
  bag: string
  seal: string
  route: string
  from: string
  to: string
  items: number
  manifest: string
  date: string
}

export interface ListedItem {
  requestNo: string
  title: string
  volume: string
  callNumber: string
  barcode: string
  /** Printed masked. */
  reader: string
}

export interface ContentsList extends PrintNote {
  bag: string
  seal: string
  route: string
  from: string
  to: string
  items: readonly ListedItem[]
}

export interface ManifestBag {
  bag: string
  seal: string
  to: string
  items: readonly ListedItem[]
}

export interface Manifest extends PrintNote {
  number: string
  date: string
  route: string
  courier: string
  driver: string
  from: string
  bags: readonly ManifestBag[]
}

/** Lies between two requests in a feeder stack where the pull slip itself is not to be scanned. */
export interface SeparatorSheet extends PrintNote {
  requestNo: string
  title: string
  partner: string
  pages: string
}

/** For the hand of a reader or driver: what was picked up, returned or handed over. */
export interface Receipt extends PrintNote {
  what: 'pickup' | 'return' | 'handover'
  /** Pick-up code, bag or manifest; empty for none. */
  code: string
  /** Reader's or driver's name; a reader's is printed masked. */
  person: string
  items: readonly { requestNo: string; title: string; dueDate: string }[]
  note: string
}

export interface OverdueNotice extends PrintNote {
  /** The borrowing library and who is written to there. */
  to: string
  contact: string
  date: string
  /** 1 for the first reminder. */
  reminder: number
  items: readonly { requestNo: string; title: string; barcode: string; dueDate: string; daysLate: number }[]
  /** Whom to answer to. */
  reply: string
}

/** A manifest to fill in by hand when the desk is down, with codes printed on it so that it is typed in later by scanning. */
export interface BlankManifest extends PrintNote {
  number: string
  from: string
  /** Codes of bags that the form reserves; none leaves lines to write codes on. */
  bags: readonly string[]
}

/** Lies before a copy that is sent on paper: what it is, for whom, and the copyright notice. */
export interface CoverPage extends PrintNote {
  requestNo: string
  title: string
  author: string
  /** Journal or book, year, volume, issue. */
  source: string
  pages: string
  partner: string
  date: string
}

/** The data each kind of paper needs. */
export interface SlipData {
  pullSlip: PullSlip
  bookSlip: BookSlip
  addressLabel: AddressLabel
  bagLabel: BagLabel
  contentsList: ContentsList
  manifest: Manifest
  separatorSheet: SeparatorSheet
  receipt: Receipt
  overdueNotice: OverdueNotice
  blankManifest: BlankManifest
  coverPage: CoverPage
}

export type SlipKind = keyof SlipData
export type SlipLocale = 'zh-CN' | 'en'

/** Paper or label to print on. `dpi` is the printer's: codes are drawn in whole dots of it. */
export interface SlipLayout {
  widthMm: number
  heightMm: number
  marginMm: number
  dpi: number
  /** A thermal head has no grey: everything is drawn black. */
  thermal: boolean
  /** A PWG 5101.1 name for the print job. */
  media: string
  /** Paper from a roll: the sheet is cut where the slip ends, `heightMm` is the most it may be. */
  roll?: true
}

export const LAYOUTS = {
  a4: { widthMm: 210, heightMm: 297, marginMm: 15, dpi: 600, thermal: false, media: 'iso_a4_210x297mm' },
  a5: { widthMm: 148, heightMm: 210, marginMm: 11, dpi: 600, thermal: false, media: 'iso_a5_148x210mm' },
  label4x6: { widthMm: 101.6, heightMm: 152.4, marginMm: 5, dpi: 203, thermal: true, media: 'na_index-4x6_4x6in' },
  roll80: { widthMm: 72, heightMm: 600, marginMm: 2, dpi: 203, thermal: true, media: 'roll_80mm', roll: true },
  roll58: { widthMm: 48, heightMm: 600, marginMm: 1, dpi: 203, thermal: true, media: 'roll_58mm', roll: true },
  label100x60: { widthMm: 100, heightMm: 60, marginMm: 4, dpi: 203, thermal: true, media: 'custom_label_100x60mm' },
} as const satisfies Record<string, SlipLayout>
export type LayoutName = keyof typeof LAYOUTS

/** The paper each kind is printed on unless the desk says otherwise. */
export const USUAL_LAYOUT: Readonly<Record<SlipKind, keyof typeof LAYOUTS>> = {
  pullSlip: 'a5',
  bookSlip: 'a5',
  addressLabel: 'label100x60',
  bagLabel: 'label4x6',
  contentsList: 'a5',
  manifest: 'a4',
  separatorSheet: 'a4',
  receipt: 'roll80',
  overdueNotice: 'a4',
  blankManifest: 'a4',
  coverPage: 'a4',
}
