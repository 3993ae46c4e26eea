/** `npm run sbom`: out/sbom.cdx.json (CycloneDX 1.6) and out/THIRD-PARTY-NOTICES.txt, from the lockfile. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { notices } from '../dependencies/notices.mjs'
import { sbom } from '../dependencies/sbom.mjs'
import { root } from '../setup/places.mjs'

const out = join(root, 'out')
mkdirSync(out, { recursive: true })
const document = sbom()
writeFileSync(join(out, 'sbom.cdx.json'), `${JSON.stringify(document, null, 2)}\n`)
const { text, without } = notices()
writeFileSync(join(out, 'THIRD-PARTY-NOTICES.txt'), text)
console.log(`${document.components.length} components in out/sbom.cdx.json`)
console.log(`out/THIRD-PARTY-NOTICES.txt; ${without.length} parts without a licence text on this machine`)
