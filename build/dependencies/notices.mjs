/** Licence texts of everything the product carries, one after the other, equal texts once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { shippedParts } from './shipped.mjs'

const FILE = /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i

/** Texts that a package brings; none where this machine's platform does not install it. */
function textsOf(part) {
  const folder = join(root, part.path)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && FILE.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').replaceAll('\r\n', '\n').trim())
}

/** @returns {{ text: string, parts: number, without: string[] }} the document, and who brings no text of their own */
export function notices() {
  const parts = shippedParts()
  const byText = new Map()
  const without = []
  for (const part of parts) {
    const texts = textsOf(part)
    const line = `${part.name} ${part.version} (${part.licence})`
    if (texts.length === 0) without.push(line)
    for (const text of texts) byText.set(text, [...(byText.get(text) ?? []), line])
  }
  const head = `BALIS Desk carries the following works of others.\n本软件带有下列他人的作品。\n`
  const blocks = [...byText].map(([text, lines]) => `${[...new Set(lines)].join('\n')}\n\n${text}\n`)
  const bare = `Under the licence named, without a text of their own:\n${without.join('\n')}\n`
  return { text: [head, bare, ...blocks].join(`\n${'─'.repeat(78)}\n`), parts: parts.length, without }
}
