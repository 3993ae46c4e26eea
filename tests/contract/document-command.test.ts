/** `desk document`: what it prints, writes and returns. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentCommand } from '../../electron/core/documents/command.ts'
import { modernPdf, simpleObjects, simplePdf } from '../unit/documents/support/raw-pdf.ts'
import { writeScan } from '../unit/documents/support/scans.ts'
import { check, has, temporaryFolder, textOfPages, tool } from '../unit/documents/support/tools.ts'

const folder = await temporaryFolder()
interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The command with paths in our folder; in this process, since starting another costs seconds each time. */
async function desk(...args: string[]): Promise<Ended> {
  let [out, err] = ['', '']
  const print = { out: (text: string) => (out += text), err: (text: string) => (err += text) }
  const placed = args.map((arg) => (/\.(pdf|txt)$/.test(arg) && !arg.startsWith('/') ? join(folder, arg) : arg))
  const code = await documentCommand(placed, print)
  return { code, out: out.replaceAll(`${folder}/`, ''), err: err.replaceAll(`${folder}/`, '') }
}

async function save(name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return name
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

describe.skipIf(!has('qpdf') || !has('pdftotext'))('desk document', () => {
  test('makes one stamped PDF of scans and PDFs and tells all about it as JSON', async () => {
    const scan = await writeScan(folder, 'scan', { seed: 5 })
    const pdf = await save('two.pdf', modernPdf(simpleObjects({ pages: 2 })))
    const stamp = ['--request-no', 'HG00003902', '--library', '中国人民大学图书馆', '--date', '2026-11-22']
    const { code, out, err } = await desk(scan, pdf, '--out', 'all.pdf', ...stamp, '--budget', '10MB', '--json')
    expect([code, err]).toEqual([0, ''])
    const report = JSON.parse(out) as Record<string, unknown>
    expect(report).toMatchObject({ pages: 3, warnings: [] })
    expect((report['perPage'] as { choice: string }[]).map(({ choice }) => choice)).toEqual(['bilevel', 'pdf', 'pdf'])
    expect(report['bytesOut']).toBe((await readFile(join(folder, 'all.pdf'))).length)
    await check(join(folder, 'all.pdf'))
    const texts = await textOfPages(join(folder, 'all.pdf'))
    expect(texts.every((text) => text.includes('HG00003902'))).toBe(true)
  })

  test('opens a locked PDF with the password of a file, and says which password is missing or wrong', async () => {
    await save('open.pdf', simplePdf())
    await tool(
      'qpdf',
      '--encrypt',
      'geheim',
      'owner',
      '256',
      '--',
      join(folder, 'open.pdf'),
      join(folder, 'locked.pdf'),
    )
    await writeFile(join(folder, 'right.txt'), 'geheim\r\n')
    await writeFile(join(folder, 'wrong.txt'), 'falsch\n')
    expect(await desk('locked.pdf', '--out', 'l.pdf', '--password-file', 'right.txt')).toMatchObject({ code: 0 })
    const none = await desk('locked.pdf', '--out', 'x.pdf')
    expect([none.code, lines(none.err)]).toEqual([
      2,
      ['desk document: locked.pdf: the PDF needs a password (--password-file) (encrypted_pdf)'],
    ])
    const wrong = await desk('locked.pdf', '--out', 'x.pdf', '--password-file', 'wrong.txt')
    expect([wrong.code, lines(wrong.err)]).toEqual([
      2,
      ['desk document: locked.pdf: the password does not fit (wrong_password)'],
    ])
    expect(existsSync(join(folder, 'x.pdf'))).toBe(false)
  })

  test('refuses what its owner restricts where that is wished', async () => {
    await save('plain.pdf', simplePdf())
    await tool('qpdf', '--encrypt', '', 'owner', '256', '--', join(folder, 'plain.pdf'), join(folder, 'held.pdf'))
    const opened = await desk('held.pdf', '--out', 'held-out.pdf', '--json')
    expect(JSON.parse(opened.out)).toMatchObject({ warnings: [{ code: 'opened_without_password' }, {}] })
    const refused = await desk('held.pdf', '--out', 'no.pdf', '--refuse-restricted', '--json')
    expect(refused.code).toBe(2)
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'restricted_pdf' } })
  })

  test('a PDF/A of scans says so and carries its colour profile; one with a received PDF does not', async () => {
    const scan = await writeScan(folder, 'archive', { seed: 6 })
    const made = await desk(scan, '--out', 'a.pdf', '--pdfa', '--json')
    expect(made.code).toBe(0)
    const bytes = await readFile(join(folder, 'a.pdf'), 'latin1')
    expect(bytes).toContain('<pdfaid:part>2</pdfaid:part>')
    await check(join(folder, 'a.pdf'))
    const catalog = await tool('qpdf', '--show-object=trailer', join(folder, 'a.pdf'))
    expect(catalog).toContain('/ID')
    await save('b.pdf', simplePdf())
    const mixed = await desk('b.pdf', '--out', 'c.pdf', '--pdfa', '--json')
    expect(mixed.out).toContain('pdfa_not_possible')
    expect(await readFile(join(folder, 'c.pdf'), 'latin1')).not.toContain('pdfaid:part>')
  })

  test('holds a delivered file against its footers', async () => {
    await save('source.pdf', simplePdf())
    const stamp = ['--request-no', 'HG00003902', '--library', '中国人民大学图书馆']
    expect((await desk('source.pdf', '--out', 'sent.pdf', ...stamp)).code).toBe(0)
    expect(await desk('--verify', 'sent.pdf')).toEqual({
      code: 0,
      out: 'sent.pdf: holds, 3 of 3 pages stamped\n',
      err: '',
    })
    const unstamped = await desk('--verify', 'source.pdf', '--json')
    expect([unstamped.code, (JSON.parse(unstamped.out) as { holds: boolean }).holds]).toEqual([2, false])
    expect((await desk('--verify', 'nowhere.pdf')).err).toContain('(file_missing)')
    expect((await desk('--verify', 'sent.pdf', '--out', 'x.pdf')).err).toContain('(bad_arguments)')
  })

  test.each([
    ['nothing at all', [], 'bad_arguments'],
    ['an unknown option', ['a.pdf', '--out', 'o.pdf', '--frobnicate'], 'bad_arguments'],
    ['a profile that is none', ['a.pdf', '--out', 'o.pdf', '--profile', 'shiny'], 'bad_arguments'],
    ['a budget that is none', ['a.pdf', '--out', 'o.pdf', '--budget', 'small'], 'bad_arguments'],
    ['a stamp without a library', ['a.pdf', '--out', 'o.pdf', '--request-no', 'HG1'], 'bad_arguments'],
    ['a code without a stamp', ['a.pdf', '--out', 'o.pdf', '--qr'], 'bad_arguments'],
    ['a day that is none', ['a.pdf', '--out', 'o.pdf', '--date', '2026-13-45'], 'bad_arguments'],
    ['the last day of February, and three', ['a.pdf', '--out', 'o.pdf', '--date', '2026-02-31'], 'bad_arguments'],
    ['a budget below nothing', ['a.pdf', '--out', 'o.pdf', '--budget', '-5'], 'bad_arguments'],
    ['an output of a name that no disk takes', ['same.pdf', '--out', `${'x'.repeat(300)}.pdf`], 'not_writable'],
    ['a file that is not there', ['nowhere.pdf', '--out', 'o.pdf'], 'file_missing'],
    ['its own output as input', ['same.pdf', '--out', 'same.pdf'], 'bad_arguments'],
  ])('given %s it says one thing and ends with 2', async (_name, args, code) => {
    await save('same.pdf', simplePdf())
    const before = await readFile(join(folder, 'same.pdf'))
    const ended = await desk(...args)
    expect(ended.code).toBe(2)
    expect(ended.out).toBe('')
    const [first, ...rest] = lines(ended.err)
    expect(first).toMatch(new RegExp(`^desk document: .*\\(${code}\\)$`))
    expect(rest).toEqual([])
    expect(Buffer.compare(before, await readFile(join(folder, 'same.pdf')))).toBe(0)
  })

  test('--help names every option there is, and the error names the one that is not right', async () => {
    const help = await desk('--help')
    expect([help.code, help.err]).toEqual([0, ''])
    const source = await readFile(new URL('../../electron/core/documents/arguments.ts', import.meta.url), 'utf8')
    const options = [...source.matchAll(/^ {8}'?([a-z-]+)'?: \{ type: '/gm)].map((match) => match[1]!)
    expect(options.length).toBeGreaterThan(18)
    for (const option of options.filter((name) => name !== 'help')) expect(help.out).toContain(`--${option}`)
    expect((await desk('a.pdf', '--out', 'o.pdf', '--ocr', 'deu')).err).toBe(
      'desk document: --ocr takes chi_sim, chi_tra, eng; --help shows all (bad_arguments)\n',
    )
    expect((await desk('a.pdf', '--out', 'o.pdf', '--frob')).err).toContain("Unknown option '--frob'")
  })

  test('a folder stands for its files as people number them, but never for the one to be written', async () => {
    const pages = join(folder, 'pages')
    await mkdir(pages)
    for (const n of [10, 2, 1])
      await writeFile(join(pages, `${n}.pdf`), simplePdf({ pages: 1, page: `/MediaBox[0 0 ${400 + n} 600]` }))
    expect((await desk(pages, '--out', 'folder.pdf')).code).toBe(0)
    const sizes = await tool('pdfinfo', '-l', '3', join(folder, 'folder.pdf'))
    expect([...sizes.matchAll(/Page +\d+ size: +(\d+)/g)].map((match) => match[1])).toEqual(['401', '402', '410'])
    expect((await desk(pages, '--out', 'pages/2.pdf')).err).toContain('--out takes a file that is none of the inputs')
    await mkdir(join(folder, 'none'))
    expect((await desk(join(folder, 'none'), '--out', 'o.pdf')).err).toContain('(no_pages)')
  })

  test('a file that is no document is named in one line', async () => {
    await save('page.pdf', Buffer.from('<!doctype html><html></html>'))
    await save('empty.pdf', Buffer.alloc(0))
    const html = await desk('page.pdf', '--out', 'o.pdf')
    expect([html.code, lines(html.err)]).toEqual([
      2,
      ['desk document: page.pdf: this is not a PDF or it is damaged beyond repair (damaged_pdf)'],
    ])
    const empty = await desk('empty.pdf', '--out', 'o.pdf', '--json')
    expect(JSON.parse(empty.out)).toEqual({ error: { code: 'empty_file', params: { file: 'empty.pdf' } } })
  })

  test('the same input gives the same bytes whatever the result is called, however long its name is', async () => {
    await save('same.pdf', simplePdf())
    const longest = `${'文'.repeat(83)}.pdf`
    const stamp = ['--request-no', 'HG00003902', '--library', '中国人民大学图书馆', '--date', '2026-11-22']
    for (const out of ['one.pdf', longest]) expect((await desk('same.pdf', '--out', out, ...stamp)).code).toBe(0)
    const [one, other] = await Promise.all(['one.pdf', longest].map((name) => readFile(join(folder, name))))
    expect(Buffer.compare(one!, other!)).toBe(0)
    expect(await tool('pdfinfo', join(folder, 'one.pdf'))).toMatch(/^Title: +same$/m)
  })

  test('an output that cannot be written is told before or after, never half made', async () => {
    await save('in.pdf', simplePdf())
    const ended = await desk('in.pdf', '--out', 'no/such/folder/o.pdf')
    expect([ended.code, lines(ended.err).length]).toEqual([2, 1])
  })
})
