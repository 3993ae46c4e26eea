/** The two archive formats set-up meets, read without a dependency: npm's .tgz and a .zip. */
import { gunzipSync, inflateRawSync } from 'node:zlib'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The bytes of one file of a .tgz whose name ends with `suffix`.
 * @returns {Buffer} a view into the unpacked archive
 */
export function readFromTarball(path, suffix) {
  const tar = gunzipSync(readFileSync(path), { maxOutputLength: 2 ** 31 })
  for (let at = 0; at + 512 <= tar.length;) {
    const name = text(tar, at, 100)
    const size = parseInt(text(tar, at + 124, 12), 8) || 0
    if (name.endsWith(suffix)) return tar.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  throw new Error(`no file ending in ${suffix} in ${path}`)
}

function text(buffer, from, length) {
  const field = buffer.subarray(from, from + length)
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? length : end).toString('utf8')
}

/**
 * Unpacks a .zip file.
 * @param {string} path the archive
 * @param {string} into the target folder
 * @param {(name: string) => string | null} place the target's relative path for an entry, or null to leave it out
 */
export function unpackZip(path, into, place) {
  const file = openSync(path, 'r')
  try {
    for (const entry of centralDirectory(file, statSync(path).size)) {
      const target = place(entry.name)
      if (target === null || entry.name.endsWith('/')) continue
      if (target.split('/').includes('..')) throw new Error(`unsafe name in archive: ${entry.name}`)
      writeEntry(file, entry, join(into, target))
    }
  } finally {
    closeSync(file)
  }
}

function bytes(file, from, length) {
  const buffer = Buffer.alloc(length)
  for (let done = 0; done < length;) {
    const got = readSync(file, buffer, done, length - done, from + done)
    if (got === 0) throw new Error('archive ends early')
    done += got
  }
  return buffer
}

function* centralDirectory(file, size) {
  const tail = bytes(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('not a zip archive')
  const directory = bytes(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  for (let at = 0; at < directory.length;) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new Error('damaged zip directory')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset))
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    }
    at += 46 + nameLength + extraLength + commentLength
  }
}

function writeEntry(file, entry, target) {
  const local = bytes(file, entry.offset, 30)
  const from = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  const packed = bytes(file, from, entry.packed)
  const content = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: 2 ** 31 })
  mkdirSync(dirname(target), { recursive: true })
  if ((entry.mode & 0o170000) === 0o120000) return symlinkSync(content.toString('utf8'), target)
  writeFileSync(target, content)
  chmodSync(target, entry.mode & 0o111 ? 0o755 : 0o644)
}
