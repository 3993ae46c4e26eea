import { spawn } from 'node:child_process'

export interface Writer {
  /** Bytes a piece. */
  piece?: number
  /** Milliseconds between pieces. */
  pauseMs?: number
  /** A longer pause once half is written, milliseconds. */
  restMs?: number
  /** Written under this name first and renamed when whole. */
  via?: string
}

const PROGRAM = `
const fs = require('node:fs')
const [source, target, order] = process.argv.slice(1)
const { piece, pauseMs, restMs, via } = JSON.parse(order)
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
;(async () => {
  const bytes = fs.readFileSync(source)
  const file = fs.openSync(via ?? target, 'w')
  for (let at = 0; at < bytes.length; at += piece) {
    fs.writeSync(file, bytes.subarray(at, at + piece))
    await sleep(at <= bytes.length / 2 && at + piece > bytes.length / 2 ? restMs : pauseMs)
  }
  fs.closeSync(file)
  if (via) fs.renameSync(via, target)
})()`

/** Copies a file the way a scanner's program does: in another process, in pieces, with pauses, or by a rename. */
export function writePageAs(source: string, target: string, writer: Writer = {}): Promise<void> {
  const order = { piece: 4096, pauseMs: 0, restMs: 0, ...writer }
  const child = spawn(process.execPath, ['-e', PROGRAM, source, target, JSON.stringify(order)], { stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`writer ended with ${code}`))))
  })
}
