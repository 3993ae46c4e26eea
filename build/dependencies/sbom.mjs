/** The product's parts as a CycloneDX 1.6 document; the same lockfile gives the same document. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { shippedParts } from './shipped.mjs'

/** `pkg:npm/%40img/sharp@1.0.0` */
export const purlOf = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`

const licencesOf = (licence) =>
  / (OR|AND) /.test(licence) ? [{ expression: licence }] : licence === '' ? [] : [{ license: { id: licence } }]

/** npm's integrity (base64) as the document's hex. */
const hashesOf = (integrity) =>
  integrity.startsWith('sha512-')
    ? [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }]
    : []

export function sbom() {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const parts = shippedParts()
  const refs = new Map(parts.map((part) => [part.path, purlOf(part)]))
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const serial = [
    lock.slice(0, 8),
    lock.slice(8, 12),
    `4${lock.slice(13, 16)}`,
    `8${lock.slice(17, 20)}`,
    lock.slice(20, 32),
  ]
  const unique = [...new Map(parts.map((part) => [purlOf(part), part])).values()]
  const self = `pkg:npm/${own.name}@${own.version}`
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial.join('-')}`,
    version: 1,
    metadata: {
      component: { 'bom-ref': self, type: 'application', name: own.productName, version: own.version, purl: self, licenses: licencesOf(own.license) }, // prettier-ignore
    },
    components: unique.map((part) => ({
      'bom-ref': purlOf(part),
      type: 'library',
      name: part.name,
      version: part.version,
      purl: purlOf(part),
      scope: part.optional ? 'optional' : 'required',
      licenses: licencesOf(part.licence),
      hashes: hashesOf(part.integrity),
    })),
    dependencies: unique.map((part) => ({
      ref: purlOf(part),
      dependsOn: [...new Set(part.needs.map((path) => refs.get(path)))].toSorted(),
    })),
  }
}
