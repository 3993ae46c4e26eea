/** A MARC record as fields and subfields, whichever format and encoding it came in. */

export interface Subfield {
  code: string
  value: string
}
export interface ControlField {
  tag: string
  value: string
}
export interface DataField {
  tag: string
  ind1: string
  ind2: string
  subfields: Subfield[]
}
export interface MarcRecord {
  leader: string
  control: ControlField[]
  data: DataField[]
}

/** Why a record, or a part of it, was not taken. Texts are in the interface. */
export type MarcProblem = 'truncated' | 'leader' | 'directory' | 'encoding' | 'empty' | 'not_marc'

/** Records that could be read, and what was wrong with the others, by place in the input. */
export interface MarcReading {
  records: MarcRecord[]
  problems: { at: number; problem: MarcProblem }[]
}

export const fieldsOf = (record: MarcRecord, ...tags: string[]): DataField[] =>
  record.data.filter((field) => tags.includes(field.tag))

/** All values of some subfields of a field, in their order. */
export const valuesOf = (field: DataField, codes: string): string[] =>
  field.subfields.filter(({ code, value }) => codes.includes(code) && value !== '').map(({ value }) => value)

/** The first value of a subfield, or ''. */
export const valueOf = (field: DataField | undefined, code: string): string =>
  field?.subfields.find((one) => one.code === code)?.value ?? ''

/** CNMARC (UNIMARC) has its title in 200, MARC 21 in 245; leader and layout do not tell them apart. */
export function formatOf(record: MarcRecord): 'marc21' | 'cnmarc' {
  const has = (tag: string) => record.data.some((field) => field.tag === tag)
  return has('200') && !has('245') ? 'cnmarc' : 'marc21'
}
