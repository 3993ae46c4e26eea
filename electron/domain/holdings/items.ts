/**
 * Items out of a record: where they stand, their barcode, whether they can be had. Systems write them in fields of their
 * own; those of the usual ones are known (MARC 21 holdings 852 with 876-878, Koha 952, Alma AVA, Innovative and SirsiDynix
 * 945 and 999, CNMARC 905 and 906), the most telling kind in a record counts.
 */
import { fieldsOf, valueOf, valuesOf, type DataField, type MarcRecord } from './marc.ts'

export const AVAILABILITY = ['available', 'on_loan', 'in_library', 'missing', 'unknown'] as const
export type Availability = (typeof AVAILABILITY)[number]

export interface Item {
  callNumber: string
  location: string
  barcode: string
  /** "上册", "v.2", '' for a work in one volume. */
  volume: string
  availability: Availability
  /** Until when it is out, as the catalogue writes it. */
  until: string
}

type Reader = (field: DataField, marc: MarcRecord) => Item

/** Words of catalogues, Chinese and English, folded to small letters. The order counts: "不可外借" holds "可外借". */
const WORDS: readonly [RegExp, Availability][] = [
  [/遗失|丢失|剔除|注销|破损|lost|missing|withdrawn|discard|claim/, 'missing'],
  [/不外借|不可外借|仅供阅览|馆内阅览|阅览|不流通|保留本|in.?library|reference|non.?circ|not for loan|reading room/, 'in_library'],
  [/不可借|已借出|借出|外借中|在借|预约|on loan|checked out|due|unavailable|not available|in transit|recall|on hold/, 'on_loan'],
  [/可借|在架|在馆|可外借|入藏|available|on shelf|not checked out|check shel|in place/, 'available'],
] // prettier-ignore

/** What a catalogue's words for an item mean. */
export function availabilityOf(words: string): Availability {
  const text = words.normalize('NFKC').toLowerCase().trim()
  if (text === '') return 'unknown'
  if (text.startsWith('not checked out')) return 'available'
  return WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown'
}

const joined = (field: DataField, codes: string, between = ' ') => valuesOf(field, codes).join(between)
const flagged = (value: string) => value !== '' && value !== '0'

const koha: Reader = (field) => ({
  callNumber: joined(field, 'o'),
  location: valueOf(field, 'c') || valueOf(field, 'b') || valueOf(field, 'a'),
  barcode: valueOf(field, 'p'),
  volume: valueOf(field, 'h'),
  availability: flagged(valueOf(field, '1')) || flagged(valueOf(field, '0'))
    ? 'missing'
    : valueOf(field, 'q') !== ''
      ? 'on_loan'
      : flagged(valueOf(field, '7'))
        ? 'in_library'
        : 'available',
  until: valueOf(field, 'q'),
}) // prettier-ignore

const alma: Reader = (field) => ({
  callNumber: valueOf(field, 'd'),
  location: joined(field, 'qc') || joined(field, 'bj'),
  barcode: '',
  volume: valueOf(field, 'v'),
  availability: availabilityOf(valueOf(field, 'e')),
  until: '',
})

/** Holdings field and item field of MARC 21 are joined by the sequence number before the point in $8, else by their order. */
const marc21: Reader = (field, marc) => {
  const link = valueOf(field, '8').split('.')[0]
  const detail = fieldsOf(marc, '876', '877', '878').find((one) =>
    link ? valueOf(one, '8').split('.')[0] === link : valueOf(one, 'p') === valueOf(field, 'p'),
  )
  return {
    callNumber: joined(field, 'k') ? `${joined(field, 'k')} ${shelfMark(field)}` : shelfMark(field),
    location: joined(field, 'bc') || valueOf(field, 'a'),
    barcode: valueOf(field, 'p') || valueOf(detail, 'p'),
    volume: valueOf(field, '3') || valueOf(detail, '3'),
    availability: availabilityOf(valueOf(detail, 'j') || valueOf(field, 'z') || valueOf(detail, 'z')),
    until: '',
  }
}
/** Class and book number are written with a slash in China (I267/1034), with a blank elsewhere. */
function shelfMark(field: DataField): string {
  const between = /^[A-Z]{1,2}\d/.test(valueOf(field, 'h')) && field.ind1 !== '0' ? '/' : ' '
  return [joined(field, 'h'), joined(field, 'im')].filter(Boolean).join(between)
}

const local945: Reader = (field) => ({
  callNumber: joined(field, 'ab'),
  location: valueOf(field, 'l'),
  barcode: valueOf(field, 'i'),
  volume: valueOf(field, 'c') || valueOf(field, 'v'),
  availability: valueOf(field, 's') === '-' ? 'available' : availabilityOf(valueOf(field, 's')),
  until: valueOf(field, 'h'),
})
const local999: Reader = (field) => ({
  callNumber: valueOf(field, 'a'),
  location: joined(field, 'ml'),
  barcode: valueOf(field, 'i'),
  volume: valueOf(field, 'v'),
  availability: availabilityOf(joined(field, 'kx')),
  until: '',
})

/** CNMARC's local field: $a library, $b barcode, $c place, $d class, $e book number, $f the whole, $v volume, $s state. */
const cnmarc905: Reader = (field) => ({
  callNumber: valueOf(field, 'f') || joined(field, 'de', '/'),
  location: valueOf(field, 'c') || valueOf(field, 'a'),
  barcode: valueOf(field, 'b'),
  volume: valueOf(field, 'v'),
  availability: availabilityOf(joined(field, 'sz')),
  until: valueOf(field, 't'),
})

const KINDS: readonly { format?: 'marc21' | 'cnmarc'; tags: string[]; has: string; read: Reader }[] = [
  { tags: ['952'], has: 'p', read: koha },
  { tags: ['AVA'], has: 'e', read: alma },
  { format: 'cnmarc', tags: ['905', '906'], has: 'abcdef', read: cnmarc905 },
  { tags: ['852'], has: 'bchijp', read: marc21 },
  { format: 'marc21', tags: ['945'], has: 'ail', read: local945 },
  { format: 'marc21', tags: ['999'], has: 'ai', read: local999 },
  { tags: ['905'], has: 'bdef', read: cnmarc905 },
]

/** Items of a record; empty where the catalogue does not tell them. */
export function itemsOf(marc: MarcRecord, format: 'marc21' | 'cnmarc'): Item[] {
  for (const kind of KINDS) {
    if (kind.format !== undefined && kind.format !== format) continue
    const fields = fieldsOf(marc, ...kind.tags).filter((field) => valuesOf(field, kind.has).length > 0)
    if (fields.length > 0) return fields.flatMap((field) => apart(kind.read(field, marc), field))
  }
  return classOnly(marc, format)
}

/** Several barcodes in one field are several items in one place. */
function apart(item: Item, field: DataField): Item[] {
  const code = field.tag === '905' || field.tag === '906' ? 'b' : 'p'
  const barcodes = valuesOf(field, code)
  return barcodes.length < 2 ? [item] : barcodes.map((barcode) => ({ ...item, barcode }))
}

/** No items told: a whole call number at least says where it would stand; a class alone would not lead there. */
function classOnly(marc: MarcRecord, format: 'marc21' | 'cnmarc'): Item[] {
  const [field] = format === 'cnmarc' ? [] : fieldsOf(marc, '090', '050')
  const [mark, book] = [valueOf(field, 'a'), valueOf(field, 'b')]
  return mark === '' || book === ''
    ? []
    : [{ callNumber: `${mark} ${book}`, location: '', barcode: '', volume: '', availability: 'unknown', until: '' }]
}
