/**
 * The conformance suite for any central service:
 *
 *   npm run conformance -- --url URL [--code A --code B --code C] [--staff a --staff b --staff c] [--password P] [--json]
 *
 * Codes A and B enrol two desks of one library, C one of another. Without codes the standing ones of a rehearsal centre are
 * used. The library needs about 40 open requests; a rule that finds none left is skipped. Prints a line for each rule; the status is 1 when one is broken.
 */
import { parseArgs } from 'node:util'
import { Skipped } from './checks/check.ts'
import { CHECKS } from './checks/index.ts'
import { Desks, type Access } from './desks.ts'

export interface Finding {
  rule: string
  claim: string
  result: 'passed' | 'failed' | 'skipped'
  why: string
}

/** Runs every check (or those named), one after the other, on one set of desks. */
export async function conformance(access: Access, only?: readonly string[]): Promise<Finding[]> {
  const desks = await Desks.open(access)
  if (access.rehearsal) await provide(access.url)
  const findings: Finding[] = []
  for (const { rule, claim, run } of CHECKS) {
    if (only && !only.includes(rule)) continue
    const finding: Finding = { rule, claim, result: 'passed', why: '' }
    try {
      await run(desks)
    } catch (error) {
      finding.result = error instanceof Skipped ? 'skipped' : 'failed'
      finding.why = error instanceof Error ? error.message : String(error)
    }
    findings.push(finding)
  }
  return findings
}

/** What only the centre can bring about: somebody applies, a notice is sent. */
async function provide(url: string): Promise<void> {
  const pull = (lever: string, body: object) =>
    fetch(`${url}/rehearsal/${lever}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  await pull('registration', { name: '周明', number: '2026100417' })
  await pull('notice', { title: '试验通知' })
}

/** Access to a rehearsal centre, whose codes and people are known. */
export function rehearsalAccess(url: string): Access {
  return {
    url,
    codes: ['RUC-DEMO', 'RUC-DEMO', 'PKU-DEMO'],
    staff: ['ruc-wang', 'ruc-li', 'pku-wang'],
    password: 'balis-rehearsal',
    rehearsal: true,
  }
}

function three(given: string[] | undefined, usual: Access['codes'], name: string): Access['codes'] {
  if (given === undefined) return usual
  if (given.length !== 3) throw new Error(`--${name} is given three times or not at all`)
  return given as unknown as Access['codes']
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      code: { type: 'string', multiple: true },
      staff: { type: 'string', multiple: true },
      password: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.url === undefined) throw new Error('--url URL is needed')
  const usual = rehearsalAccess(values.url)
  const findings = await conformance({
    url: values.url,
    codes: three(values.code, usual.codes, 'code'),
    staff: three(values.staff, usual.staff, 'staff'),
    password: values.password ?? usual.password,
    rehearsal: values.code === undefined,
  })
  const count = (result: Finding['result']) => findings.filter((finding) => finding.result === result).length
  const lines = findings.map(
    ({ rule, claim, result, why }) =>
      `${result.padEnd(7)} ${rule}: ${claim}${why ? `\n        ${why.split('\n')[0]}` : ''}`,
  )
  const summary = `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`
  process.stdout.write(values.json ? `${JSON.stringify(findings)}\n` : `${lines.join('\n')}\n${summary}\n`)
  if (count('failed') > 0) process.exitCode = 1
}

/** With what fetch keeps behind its "fetch failed": nobody listens, a certificate nobody knows. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, code = '' } = (error.cause ?? {}) as NodeJS.ErrnoException
  return [error.message, message || code].filter(Boolean).join(': ')
}

if (import.meta.main)
  main().catch((error: unknown) => {
    process.stderr.write(`conformance: ${reason(error)}\n`)
    process.exitCode = 2
  })
