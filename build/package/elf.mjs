/** What a Linux program or library asks of the system's C library, read from the file itself (ELF, "GNU symbol versions"). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const VERSION_NEEDS = 0x6ffffffe

/**
 * @param {string} path any file
 * @returns {string | null} the highest glibc version needed, such as `2.28`; null when it is no 64-bit ELF file or needs none
 */
export function neededGlibc(path) {
  const file = readFileSync(path)
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2) return null
  const versions = sections(file)
    .filter(({ type }) => type === VERSION_NEEDS)
    .flatMap((section) => versionNames(file, section))
    .filter((name) => name.startsWith('GLIBC_2'))
    .map((name) => name.slice('GLIBC_'.length))
  return versions.sort(compareVersions).at(-1) ?? null
}

/** @returns {{path: string, glibc: string}[]} every file below a folder that needs glibc, the most demanding first */
export function glibcBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, glibc: neededGlibc(path) }))
    .filter(({ glibc }) => glibc !== null)
    .sort((a, b) => compareVersions(b.glibc, a.glibc))
}

/** Orders `2.4` before `2.28`. */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function sections(file) {
  const [at, size, count] = [Number(file.readBigUInt64LE(40)), file.readUInt16LE(58), file.readUInt16LE(60)]
  return Array.from({ length: count }, (_, i) => {
    const header = at + i * size
    return {
      type: file.readUInt32LE(header + 4),
      offset: Number(file.readBigUInt64LE(header + 24)),
      link: file.readUInt32LE(header + 40),
      entries: file.readUInt32LE(header + 44),
    }
  })
}

/** A list of libraries, each with a list of the versions that are needed of it. */
function versionNames(file, section) {
  const strings = sections(file)[section.link].offset
  const names = []
  for (let library = section.offset, i = 0; i < section.entries; i++) {
    let version = library + file.readUInt32LE(library + 8)
    for (let left = file.readUInt16LE(library + 2); left > 0; left--) {
      const from = strings + file.readUInt32LE(version + 8)
      names.push(file.toString('latin1', from, file.indexOf(0, from)))
      version += file.readUInt32LE(version + 12)
    }
    library += file.readUInt32LE(library + 12)
  }
  return names
}
