/** A certificate authority out of a file: one a person chose, or the house's own. */
import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { DeskError } from '../../contract/errors.ts'

/** A bundle of every authority of the world is a quarter of a megabyte. */
const LARGEST_BYTES = 200_000

export interface Authority {
  pem: string
  name: string
  /** ms UTC */
  until: number
}

/** PEM (one or several) or DER. @throws DeskError too_large, damaged_file when it holds no certificate */
export function readAuthority(path: string): Authority {
  if (statSync(path).size > LARGEST_BYTES) throw new DeskError('too_large')
  const bytes = readFileSync(path)
  try {
    const blocks = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
    const all = (blocks ?? [bytes]).map((one) => new X509Certificate(one))
    const first = all[0]!
    const name = /^(?:CN|O)=(.*)$/m.exec(first.subject)?.[1] ?? first.subject
    return { pem: all.map(String).join(''), name: name.slice(0, 200), until: Date.parse(first.validTo) }
  } catch (error) {
    throw new DeskError('damaged_file', {}, { cause: error })
  }
}
