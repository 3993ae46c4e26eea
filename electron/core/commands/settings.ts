/** Commands that set a desk up: settings, setup. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod'
import { coreContract, type Settings } from '../../contract/core.contract.ts'
import { noteSettings, supervisorChanges } from '../desk/supervisor.ts'
import { settingsReference } from '../fleet/reference.ts'
import { readMachine } from '../fleet/machine.ts'
import { exportSetup, importSetup, readSetup } from '../fleet/setup.ts'
import { EXIT, PROOF, needed, oneOf, textOf, type Command, type Result } from './command.ts'
import { writeNew } from './new-file.ts'
import { requireSupervisor } from './supervisor.ts'
import { WrongUse } from './wrong-use.ts'

export const SETTINGS: Readonly<Record<string, Command>> = {
  settings: {
    synopsis: '[--set JSON]',
    summary: 'show this desk’s settings, or change some of them',
    about:
      'One setting a line. What the administrator of the machine has locked is not changed. Where the data go, how long they stay and who gets in without the centre is a supervisor’s to change.',
    options: { set: { value: 'JSON', about: 'such as {"holdSeconds":5}' }, ...PROOF },
    examples: ['desk settings --set \'{"printerAddresses":["ipp://10.1.2.3/ipp/print"]}\''],
    async run(running, values) {
      const { core, identity } = running
      const set = textOf(values, 'set')
      if (set !== undefined) {
        const change = settingsFrom(set)
        const touched = supervisorChanges(core.settings.get(), change)
        const proof = { staff: textOf(values, 'staff'), 'password-file': textOf(values, 'password-file') }
        // Before the first enrolment there is nobody to ask.
        const asked = touched.length > 0 && identity.enrolled
        const user = asked ? await requireSupervisor(running, 'settings', proof) : ''
        core.settings.set(change)
        noteSettings(core, user, touched)
      }
      const settings = core.settings.get()
      const lines = Object.entries(settings).map(([key, value]) => `${key}\t${JSON.stringify(value)}`)
      return { exit: EXIT.done, data: settings, lines }
    },
  },
  machine: {
    synopsis: '[--check FILE | --reference [--language L]]',
    summary: 'the administrator’s settings file: where it lies, whether it is right, what it may hold',
    about:
      'Without an option: the file of this machine. --check holds a file against its rules before it is rolled out; each mistake is named by line and key.',
    options: {
      check: { value: 'FILE', about: 'a settings file that is not in its place yet' },
      reference: { about: 'every key with its meaning, as Markdown' },
      language: { value: 'L', about: 'of the reference: en (usual), zh-CN' },
    },
    exits: { [EXIT.notWell]: 'something in the file is wrong; the rest of it holds' },
    examples: ['desk machine --check settings.json'],
    async runClosed({ machine }, values): Promise<Result> {
      if (values['reference'] === true) {
        const text = settingsReference(oneOf(values, 'language', ['en', 'zh-CN'] as const))
        return { exit: EXIT.done, data: { markdown: text }, lines: [text.trimEnd()] }
      }
      const check = textOf(values, 'check')
      const read = check === undefined ? machine : readMachine(resolve(check))
      const { path, file, problems } = read
      if (check !== undefined && path === null) throw new WrongUse(`${check} is not there`)
      const lines = [
        path === null ? 'this machine has no settings file' : path,
        ...problems.map(({ line, key, message }) => `line ${line}${key && ` ${key}`}: ${message}`),
      ]
      return { exit: problems.length > 0 ? EXIT.notWell : EXIT.done, data: { path, file, problems }, lines }
    },
  },
  setup: {
    synopsis: 'export --out FILE | import --from FILE --staff ID',
    words: true,
    summary: 'take a desk’s set-up to another one',
    about:
      'Settings, slip templates with the library’s mark, stamps, rules of the house and of due dates. No readers’ data, no people, no keys, no enrolment: the other desk enrols by itself. Import is a supervisor’s.',
    options: {
      out: { value: 'FILE', about: 'a file that is not there yet' },
      from: { value: 'FILE', about: 'what another desk exported' },
      ...PROOF,
    },
    examples: ['desk setup export --out desk.json', 'desk setup import --from desk.json --staff ruc-lin'],
    async run(running, values, [what, more]) {
      if (more !== undefined) throw new WrongUse(`setup ${what} takes no “${more}”`)
      if (what === 'export') {
        const out = needed(values, 'out')
        const path = writeNew(out, `${JSON.stringify(await exportSetup(running.core), null, 2)}\n`)
        return { exit: EXIT.done, data: { path }, lines: [path] }
      }
      if (what !== 'import') throw new WrongUse('setup export, or setup import')
      const setup = readSetup(readFileSync(resolve(needed(values, 'from')), 'utf8'))
      const user = await requireSupervisor(running, 'setup import', {
        staff: textOf(values, 'staff'),
        'password-file': textOf(values, 'password-file'),
      })
      const taken = await importSetup(running.core, setup, user)
      return { exit: EXIT.done, data: taken, lines: [`${taken.settings.length} settings`, ...taken.locked.map((one) => `${one}\tlocked here, left as it is`)] } // prettier-ignore
    },
  },
}

/** The part of the settings a person typed. @throws WrongUse naming what does not fit */
function settingsFrom(json: string): Partial<Settings> {
  let typed: unknown
  try {
    typed = JSON.parse(json)
  } catch {
    throw new WrongUse('--set takes JSON, such as {"holdSeconds":5}')
  }
  const parsed = coreContract['settings.set'].in.safeParse(typed)
  if (!parsed.success) throw new WrongUse(z.prettifyError(parsed.error))
  return parsed.data as Partial<Settings>
}
