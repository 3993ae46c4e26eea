/** Commands of every day: doctor, sync, queue, outbox, refused, enrol, sign-in. */
import type { QueueFilter } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { Service, Status } from '../../contract/words.ts'
import { EXIT, needed, numberOf, oneOf, textOf, type Command } from './command.ts'
import { passwordFrom } from './password.ts'
import { WrongUse } from './wrong-use.ts'

/** What doctor tells without calling the desk unwell. */
const ADVICE = new Set(['keyStore', 'recoveryKey', 'backup', 'exit', 'scanner', 'printer', 'centre'])
const MOST = 500

export const EVERYDAY: Readonly<Record<string, Command>> = {
  doctor: {
    synopsis: '[--json]',
    summary: 'check database, key, clock, space, files, settings of the machine, centre, devices',
    about:
      'Looks at the desk and says of each thing whether it is as it should be. What is wrong in the administrator’s settings file is named by its line and key.',
    exits: { [EXIT.notWell]: 'something is wrong; devices, key store, backup and connection are only told' },
    examples: ['desk doctor', "desk doctor --json | jq '.[] | select(.ok | not)'"],
    async run({ core, handlers }) {
      if (core.deskId() !== '') await core.sync.cycle()
      const checks = await handlers['doctor.run']({})
      const sound = checks.every((check) => check.ok || ADVICE.has(check.check))
      const lines = checks.map(({ ok, code, params }) => `${ok ? 'ok  ' : 'look'} ${code} ${JSON.stringify(params)}`)
      return { exit: sound ? EXIT.done : EXIT.notWell, data: checks, lines }
    },
  },
  sync: {
    synopsis: '',
    summary: 'send what waits and fetch what is new',
    about: 'Goes on until nothing waits and nothing is new, or the centre cannot be reached.',
    exits: { [EXIT.notWell]: 'done; actions were refused and wait for a person' },
    async run({ core, handlers }) {
      if (core.deskId() === '') throw new DeskError('not_enrolled')
      const ok = await core.sync.settle()
      const { connection, waiting, held, refused, lastSyncAt } = await handlers['status.get']({})
      const data = { connection, waiting, held, refused, lastSyncAt }
      const lines = [`${connection}: ${waiting.ops} waiting, ${held} held, ${refused} refused`]
      return { exit: !ok ? EXIT.offline : refused > 0 ? EXIT.notWell : EXIT.done, data, lines }
    },
  },
  queue: {
    synopsis: '[--text WORDS] [--service copy|loan] [--status STATUS] [--all] [--limit N]',
    summary: 'list requests',
    about: 'Open requests, those due first: number, urgency, status, stage and title, separated by tabs.',
    options: {
      text: { value: 'WORDS', about: 'as in the window’s search: title, author, number, pinyin initials' },
      service: { value: 'copy|loan', about: 'one service' },
      status: { value: 'STATUS', about: `one of ${Status.options.join(', ')}` },
      all: { about: 'also what is finished' },
      limit: { value: 'N', about: `rows, 1 to ${MOST} (50)` },
    },
    examples: ['desk queue --service loan --limit 20', 'desk queue --text 文化苦旅 --all --json'],
    async run({ handlers }, values) {
      const service = oneOf(values, 'service', Service.options)
      const status = oneOf(values, 'status', Status.options)
      const filter: QueueFilter = {
        ...(values['all'] === true || status ? {} : { open: true }),
        ...(service ? { service } : {}),
        ...(status ? { status: [status] } : {}),
      }
      const query = { text: textOf(values, 'text') ?? '', filter, sort: 'due', descending: false } as const
      const limit = numberOf(values, 'limit', 1, MOST, 50)
      const window = await handlers['queue.window']({ query, offset: 0, limit })
      const lines = window.rows.map((row) => [row.id, row.urgency, row.status, row.stage, row.title].join('\t'))
      return { exit: EXIT.done, data: window, lines }
    },
  },
  outbox: {
    synopsis: '',
    summary: 'list actions that are not settled',
    about: 'State, action, object and title of everything staff did that the centre has not answered.',
    async run({ handlers }) {
      const open = ['held', 'queued', 'waiting_blob', 'sending', 'parked'] as const
      const entries = await handlers['outbox.list']({ states: [...open] })
      const lines = entries.map((entry) => [entry.state, entry.kind, entry.objectId, entry.title].join('\t'))
      return { exit: EXIT.done, data: entries, lines }
    },
  },
  refused: {
    synopsis: '',
    summary: 'list refused actions',
    about: 'What the centre refused, with its reason. A person decides in the window.',
    exits: { [EXIT.done]: 'none', [EXIT.notWell]: 'some wait for a person' },
    async run({ handlers }) {
      const cards = await handlers['refused.list']({})
      const lines = cards.map((card) => [card.code, card.kind, card.objectId, card.title].join('\t'))
      return { exit: cards.length > 0 ? EXIT.notWell : EXIT.done, data: cards, lines }
    },
  },
  enrol: {
    synopsis: '--url URL --code CODE --name NAME',
    summary: 'make this desk known to a centre',
    about:
      'Once a desk. The code is the centre’s; it holds for one desk. A machine’s settings file does the same unattended (docs/administrator.en.md).',
    options: {
      url: { value: 'URL', about: 'address of the central service; https, except on this computer' },
      code: { value: 'CODE', about: 'of enrolment, from the centre or a supervisor' },
      name: { value: 'NAME', about: 'of the desk, as colleagues see it' },
    },
    async run({ handlers }, values) {
      const wanted = { url: needed(values, 'url'), code: needed(values, 'code'), deskName: needed(values, 'name') }
      if (!/^https?:\/\//.test(wanted.url) || !URL.canParse(wanted.url)) throw new WrongUse('--url takes an address such as https://centre.example') // prettier-ignore
      const library = await handlers['desk.enrol'](wanted)
      return { exit: EXIT.done, data: library, lines: [`${library.id} ${library.name}`] }
    },
  },
  'sign-in': {
    synopsis: '--staff ID [--password-file FILE]',
    summary: 'who works at this desk from now on',
    about: 'A password is never an argument: it would stand in the list of processes.',
    options: {
      staff: { value: 'ID', about: 'the person’s id at the centre' },
      'password-file': {
        value: 'FILE',
        about: 'the password (- for standard input); else BALIS_DESK_PASSWORD, or asked for',
      },
    },
    async run({ handlers }, values) {
      const staff = needed(values, 'staff')
      const password = await passwordFrom(textOf(values, 'password-file'), `${staff}: `)
      if (password === null) throw new WrongUse('a password is needed')
      const me = await handlers['desk.signIn']({ staff, password })
      return { exit: EXIT.done, data: me, lines: [`${me.id} ${me.name}`] }
    },
  },
}
