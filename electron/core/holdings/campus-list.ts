/**
 * The campus list that registrations are checked against. Of each person a keyed hash of number and name is kept: enough to
 * check one who registers, not to read who studies here.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { normalise } from '../../domain/fold.ts'
import { DeskError } from '../../contract/errors.ts'
import { campusPerson, countCampus, replaceCampusList, type CampusPerson } from '../../../db/queries/asking.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import type { Core } from '../context.ts'

/** Heads of columns as campus systems write them. */
const HEADS = {
  number: /学号|工号|学工号|一卡通|证件?号|借书证|编号|^id$|number|card/i,
  name: /姓名|^name$|full ?name/i,
  category: /类别|身份|类型|category|type/i,
}

const plain = (text: string) => normalise(text).replace(/[^\p{L}\p{N}]+/gu, '')

function secretOf(core: Core): string {
  const known = getMeta(core.db, 'campusSecret')
  if (known) return known
  const secret = randomBytes(32).toString('hex')
  setMeta(core.db, 'campusSecret', secret)
  return secret
}

const keyed = (secret: string, kind: string, text: string) =>
  createHmac('sha256', secret)
    .update(`${kind}:${plain(text)}`)
    .digest('base64url')

/** @returns how many people it names, and rows without a number. @throws DeskError sheet_columns */
export function importCampusList(core: Core, rows: readonly string[][]): { people: number; without: number } {
  const headAt = rows
    .slice(0, 20)
    .findIndex((row) => row.some((cell) => HEADS.number.test(cell)) && row.some((cell) => HEADS.name.test(cell)))
  if (headAt < 0) throw new DeskError('sheet_columns')
  const head = rows[headAt]!
  const column = (kind: keyof typeof HEADS) => head.findIndex((cell) => HEADS[kind].test(cell))
  const [number, name, category] = [column('number'), column('name'), column('category')]
  let without = 0
  return core.db.write(() => {
    const secret = secretOf(core)
    const people = rows.slice(headAt + 1).flatMap((row): CampusPerson[] => {
      if (plain(row[number] ?? '') === '') {
        without++
        return []
      }
      return [
        {
          key: keyed(secret, 'number', row[number]!),
          nameKey: keyed(secret, 'name', row[name] ?? ''),
          category: (row[category] ?? '').slice(0, 200),
        },
      ]
    })
    replaceCampusList(core.db, people)
    return { people: countCampus(core.db), without }
  })
}

/** What a registration says of itself, whatever the centre calls it. */
function told(fields: Readonly<Record<string, string>>, kind: 'number' | 'name'): string {
  const wanted = kind === 'number' ? /number|card|学号|工号|证号|卡号/i : /name|姓名/i
  return Object.entries(fields).find(([name]) => wanted.test(name))?.[1] ?? ''
}

export function checkReader(
  core: Core,
  fields: Readonly<Record<string, string>>,
): 'no_list' | 'found' | 'name_differs' | 'not_found' {
  if (countCampus(core.db) === 0) return 'no_list'
  const secret = getMeta(core.db, 'campusSecret') ?? ''
  const person = campusPerson(core.db, keyed(secret, 'number', told(fields, 'number')))
  if (!person) return 'not_found'
  return person.nameKey === keyed(secret, 'name', told(fields, 'name')) ? 'found' : 'name_differs'
}
