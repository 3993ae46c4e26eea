/** Whether an output is older than what it is made of, judged by names, sizes and times of the sources. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../setup/places.mjs'

/** A fingerprint of files and folders of the source tree. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) visit(path, hash)
  return hash.digest('hex')
}

function visit(path, hash) {
  const full = join(root, path)
  if (!existsSync(full)) return
  const facts = statSync(full)
  if (!facts.isDirectory()) {
    hash.update(`${path}\0${facts.size}\0${facts.mtimeMs}\n`)
    return
  }
  for (const name of readdirSync(full).sort()) visit(`${path}/${name}`, hash)
}

/** Runs `work` unless the output was made from the same sources; @returns whether it ran. */
export async function ifStale(name, sources, outputs, work) {
  const stamp = join(root, 'out', 'stamps', name)
  const now = fingerprint(sources)
  const made = existsSync(stamp) && readFileSync(stamp, 'utf8') === now
  if (made && outputs.every((output) => existsSync(join(root, output)))) return false
  await work()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
  return true
}
