/**
 * `node tests/bench/blobs.ts`: what it would cost to keep page images and PDFs encrypted, AES-256-GCM in chunks of 64 KB,
 * beside what keeping and reading them costs as it is. Medians of 7 runs over 64 MB of incompressible bytes.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, openSync, closeSync, fsyncSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from './line.ts'

const BYTES = 64 * 2 ** 20
const CHUNK = 64 * 1024
const RUNS = 7

const folder = mkdtempSync(join(tmpdir(), 'bench-blobs-'))
const data = randomBytes(BYTES)
const key = randomBytes(32)

function seal(plain: Buffer, n: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(n, 8)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
function open(sealed: Buffer, n: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(n, 8)
  const cipher = createDecipheriv('aes-256-gcm', key, nonce)
  cipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
}

/** CPU time of this process, ms. */
function cpu(body: () => void): number {
  const before = process.cpuUsage()
  body()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
function keep(name: string, encrypted: boolean): void {
  const file = openSync(join(folder, name), 'w')
  const hash = createHash('sha256')
  for (let at = 0, n = 0; at < BYTES; at += CHUNK, n++) {
    const chunk = data.subarray(at, at + CHUNK)
    hash.update(chunk)
    writeSync(file, encrypted ? seal(chunk, n) : chunk)
  }
  fsyncSync(file)
  closeSync(file)
}
function read(name: string, encrypted: boolean): void {
  const bytes = readFileSync(join(folder, name))
  if (!encrypted) return
  for (let at = 0, n = 0; at < bytes.length; at += CHUNK + 16, n++) open(bytes.subarray(at, at + CHUNK + 16), n)
}

const times = {
  keepPlain: [] as number[],
  keepSealed: [] as number[],
  readPlain: [] as number[],
  readSealed: [] as number[],
}
for (let run = 0; run < RUNS; run++) {
  times.keepPlain.push(cpu(() => keep('plain', false)))
  times.keepSealed.push(cpu(() => keep('sealed', true)))
  times.readPlain.push(cpu(() => read('plain', false)))
  times.readSealed.push(cpu(() => read('sealed', true)))
}
rmSync(folder, { recursive: true })
const per = (values: number[]) => (median(values) / (BYTES / 2 ** 20)).toFixed(2)
console.log(`keeping, CPU ms per MB: ${per(times.keepPlain)} as it is, ${per(times.keepSealed)} encrypted`)
console.log(`reading, CPU ms per MB: ${per(times.readPlain)} as it is, ${per(times.readSealed)} encrypted`)
