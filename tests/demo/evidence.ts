/** What the demo leaves behind: files, their hashes, what was done when, and checks that must hold. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export class Evidence {
  readonly #out: string
  readonly #started = performance.now()
  readonly #lines: string[] = []
  readonly #files: string[] = []

  constructor(out: string) {
    this.#out = out
  }

  /** One step, timed; its failure ends the demo and stands in the report. */
  async step<T>(what: string, body: () => Promise<T>): Promise<T> {
    const began = performance.now()
    const at = ((began - this.#started) / 1000).toFixed(1)
    try {
      const result = await body()
      this.#note(`| ${at} s | ${what} | ${Math.round(performance.now() - began)} ms |`)
      return result
    } catch (error) {
      this.#note(
        `| ${at} s | **FAILED: ${what}** | ${error instanceof Error ? error.message.split('\n')[0] : String(error)} |`,
      )
      await this.write(false)
      throw error
    }
  }

  #note(line: string): void {
    this.#lines.push(line)
    console.log(line)
  }

  /** Keeps a file under its name and its hash in the report. */
  async keep(name: string, bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await writeFile(join(this.#out, name), bytes)
    this.#files.push(`| ${name} | ${bytes.length} | \`${sha256}\` |`)
    return sha256
  }

  /** A PDF must be valid for qpdf and say each of these texts on every page. @returns its page count */
  async checkPdf(name: string, texts: readonly string[]): Promise<number> {
    const path = join(this.#out, name)
    await run('qpdf', ['--check', path])
    const { stdout } = await run('pdftotext', ['-layout', path, '-'])
    const pages = stdout.split('\f').slice(0, -1)
    for (const [index, page] of pages.entries())
      for (const text of texts)
        if (!page.replace(/\s/g, '').includes(text.replace(/\s/g, '')))
          throw new Error(`${name}: page ${index + 1} of ${pages.length} does not say ${text}`)
    if (pages.length === 0) throw new Error(`${name} has no pages`)
    return pages.length
  }

  async write(complete: boolean): Promise<void> {
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1)
    const report = [
      '# Demo report',
      '',
      complete ? `Every step happened. ${seconds} s.` : `NOT complete: a step failed after ${seconds} s.`,
      '',
      '## What was done',
      '',
      '| at | step | took |',
      '|---|---|---|',
      ...this.#lines,
      '',
      '## Files',
      '',
      '| file | bytes | SHA-256 |',
      '|---|---|---|',
      ...this.#files,
      '',
    ]
    await writeFile(join(this.#out, 'report.md'), report.join('\n'))
  }
}

/** SHA-256 of a file, lower-case hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}
