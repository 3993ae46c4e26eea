import { TAG } from './tags.ts'

/** An IPP dateTime as it stands on the wire (RFC 2579 DateAndTime): local fields and the offset from UTC. */
export interface IppDateTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  deciseconds: number
  /** Minutes east of UTC; may be negative. */
  offsetMinutes: number
}

/** One value of an attribute together with its type tag, so that encoding what was decoded gives the same bytes. */
export type IppValue =
  | { tag: 'integer' | 'enum'; value: number }
  | { tag: 'boolean'; value: boolean }
  | { tag: IppStringTag; value: string }
  | { tag: 'octetString'; value: Uint8Array }
  | { tag: 'dateTime'; value: IppDateTime }
  | { tag: 'resolution'; value: { x: number; y: number; units: number } }
  | { tag: 'rangeOfInteger'; value: { lower: number; upper: number } }
  | { tag: 'textWithLanguage' | 'nameWithLanguage'; value: { language: string; text: string } }
  | { tag: 'collection'; value: IppAttribute[] }
  | { tag: IppOutOfBandTag; value: null }
  /** A tag this program does not know (newer or private): carried as it came. */
  | { tag: 'other'; code: number; value: Uint8Array }

export type IppStringTag =
  'text' | 'name' | 'keyword' | 'uri' | 'uriScheme' | 'charset' | 'naturalLanguage' | 'mimeType'
export type IppOutOfBandTag = 'unsupported' | 'unknown' | 'noValue' | 'notSettable' | 'deleteAttribute' | 'adminDefine'

export interface IppAttribute {
  name: string
  /** At least one; several make a "1setOf". */
  values: IppValue[]
}

export interface IppGroup {
  /** One of GROUP in tags.ts. */
  tag: number
  attributes: IppAttribute[]
}

/** A request or a response without its document. `code` is the operation or the status. */
export interface IppMessage {
  version: [major: number, minor: number]
  code: number
  requestId: number
  groups: IppGroup[]
}

export const STRING_CODES: Readonly<Record<IppStringTag, number>> = {
  text: TAG.text,
  name: TAG.name,
  keyword: TAG.keyword,
  uri: TAG.uri,
  uriScheme: TAG.uriScheme,
  charset: TAG.charset,
  naturalLanguage: TAG.naturalLanguage,
  mimeType: TAG.mimeType,
}

export const OUT_OF_BAND_CODES: Readonly<Record<IppOutOfBandTag, number>> = {
  unsupported: TAG.unsupported,
  unknown: TAG.unknown,
  noValue: TAG.noValue,
  notSettable: TAG.notSettable,
  deleteAttribute: TAG.deleteAttribute,
  adminDefine: TAG.adminDefine,
}

const strings =
  (tag: IppStringTag) =>
  (name: string, ...values: string[]): IppAttribute => ({ name, values: values.map((value) => ({ tag, value })) })

const numbers =
  (tag: 'integer' | 'enum') =>
  (name: string, ...values: number[]): IppAttribute => ({ name, values: values.map((value) => ({ tag, value })) })

/** Short hands that write an attribute of one type: `attribute.keyword('sides', 'one-sided')`. */
export const attribute = {
  integer: numbers('integer'),
  enum: numbers('enum'),
  boolean: (name: string, value: boolean): IppAttribute => ({ name, values: [{ tag: 'boolean', value }] }),
  text: strings('text'),
  name: strings('name'),
  keyword: strings('keyword'),
  uri: strings('uri'),
  uriScheme: strings('uriScheme'),
  charset: strings('charset'),
  naturalLanguage: strings('naturalLanguage'),
  mimeType: strings('mimeType'),
  range: (name: string, lower: number, upper: number): IppAttribute => ({
    name,
    values: [{ tag: 'rangeOfInteger', value: { lower, upper } }],
  }),
  /** Resolutions in dots per inch, the same in both directions. */
  dpi: (name: string, ...values: number[]): IppAttribute => ({
    name,
    values: values.map((dots) => ({ tag: 'resolution', value: { x: dots, y: dots, units: 3 } })),
  }),
  dateTime: (name: string, ms: number): IppAttribute => ({ name, values: [{ tag: 'dateTime', value: utc(ms) }] }),
  collection: (name: string, ...values: IppAttribute[][]): IppAttribute => ({
    name,
    values: values.map((value) => ({ tag: 'collection', value })),
  }),
  none: (name: string, tag: IppOutOfBandTag = 'noValue'): IppAttribute => ({ name, values: [{ tag, value: null }] }),
} as const

/** A moment (ms since 1970, UTC) as IPP writes it. */
export function utc(ms: number): IppDateTime {
  const at = new Date(ms)
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    deciseconds: Math.floor(at.getUTCMilliseconds() / 100),
    offsetMinutes: 0,
  }
}

/** The attribute of that name, or undefined. */
export function find(attributes: readonly IppAttribute[] | undefined, name: string): IppAttribute | undefined {
  return attributes?.find((candidate) => candidate.name === name)
}

/** All text-like values of an attribute (language dropped); others are left out. */
export function stringsOf(attributes: readonly IppAttribute[] | undefined, name: string): string[] {
  return (find(attributes, name)?.values ?? []).flatMap((value) => {
    if (value.tag === 'textWithLanguage' || value.tag === 'nameWithLanguage') return [value.value.text]
    return value.tag in STRING_CODES ? [value.value as string] : []
  })
}

/** The first text-like value, or undefined. */
export function stringOf(attributes: readonly IppAttribute[] | undefined, name: string): string | undefined {
  return stringsOf(attributes, name)[0]
}

/** All integer and enum values of an attribute. */
export function numbersOf(attributes: readonly IppAttribute[] | undefined, name: string): number[] {
  return (find(attributes, name)?.values ?? []).flatMap((value) =>
    value.tag === 'integer' || value.tag === 'enum' ? [value.value] : [],
  )
}

/** The first integer or enum value, or undefined. */
export function numberOf(attributes: readonly IppAttribute[] | undefined, name: string): number | undefined {
  return numbersOf(attributes, name)[0]
}

/** The first boolean value, or undefined. */
export function booleanOf(attributes: readonly IppAttribute[] | undefined, name: string): boolean | undefined {
  const value = find(attributes, name)?.values.find((candidate) => candidate.tag === 'boolean')
  return value?.tag === 'boolean' ? value.value : undefined
}

/** Members of every collection value of an attribute. */
export function collectionsOf(attributes: readonly IppAttribute[] | undefined, name: string): IppAttribute[][] {
  return (find(attributes, name)?.values ?? []).flatMap((value) => (value.tag === 'collection' ? [value.value] : []))
}

/** The attributes of the first group with that tag. */
export function group(message: IppMessage, tag: number): IppAttribute[] | undefined {
  return message.groups.find((candidate) => candidate.tag === tag)?.attributes
}
