/** docs/machine-settings.*.md, written from the schema: every key, its kind, its bounds, what it is for. */
import * as z from 'zod'
import { FleetFile, MachineSettings, type SettingName } from '../../contract/fleet.contract.ts'
import { machineSettingsPath } from '../../contract/machine-file.ts'
import { usualSettings } from '../desk/settings.ts'
import { KEYS, SETTINGS, type ReferenceLanguage } from './meanings.ts'

interface Json {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Json[]
  items?: Json
  minimum?: number
  maximum?: number
  maxItems?: number
  properties?: Record<string, Json>
  additionalProperties?: Json | boolean
  format?: string
}

const EXAMPLE = {
  version: 1,
  centre: 'https://centre.balis.example',
  library: 'RUC',
  certificateAuthority: '/etc/balis-desk/house-ca.pem',
  dataFolder: 'D:\\BALIS\\{user}',
  rehearsal: false,
  enrol: { codeFile: '/etc/balis-desk/enrol-code', deskName: '{computer}' },
  settings: {
    network: { proxy: 'http://proxy.lib.example:3128' },
    printerAddresses: ['ipp://10.1.2.3/ipp/print'],
    lockMinutes: 10,
    purgeDays: 90,
  },
  locked: ['lockMinutes', 'purgeDays', 'network'],
}

const TEXTS = {
  en: {
    title: 'Settings of a machine',
    written: 'Written by `npm run desk -- machine --reference` from the schema; a test holds it against the program.',
    place: 'One file a machine, for administrators. It lies in',
    rules:
      'Values stand under what somebody chooses at the desk, and over what the program would do; what is `locked` holds whatever was chosen, and the window says why it does not move. `desk machine --check FILE` holds a file against these rules before it is rolled out; `desk doctor` names every mistake in the file of the machine by line and key. A value that is wrong is left out, the others hold.',
    file: 'The file',
    settings: 'Under settings',
    heads: '| key | value | meaning |',
    settingHeads: '| key | value | usual | meaning |',
  },
  'zh-CN': {
    title: '本机设置文件',
    written: '由 `npm run desk -- machine --reference --language zh-CN` 按程序里的格式写出，有测试核对。',
    place: '每台电脑一个文件，由管理员放在',
    rules:
      '这里的值盖过程序的默认值，馆员在工作台上的选择又盖过这里；写进 `locked` 的以这里为准，窗口里会说明为什么不能改。下发前用 `desk machine --check 文件` 检查；`desk doctor` 按行号和键名指出本机文件里的每个错误。写错的值不算，其余照用。',
    file: '文件的各项',
    settings: 'settings 里的各项',
    heads: '| 键 | 值 | 含义 |',
    settingHeads: '| 键 | 值 | 默认 | 含义 |',
  },
} as const

/** @param language of the sentences; keys and kinds of values are what is typed into the file */
export function settingsReference(language: ReferenceLanguage = 'en'): string {
  const texts = TEXTS[language]
  const propertiesOf = (schema: z.ZodType) =>
    (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json).properties ?? {}
  const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const whole = propertiesOf(FleetFile)
  const { network, ...others } = usualSettings('zh-CN', false)
  const { ca: _own, ...shared } = network
  const usual: Record<string, unknown> = { ...others, network: shared }
  return [
    `# ${texts.title}`,
    '',
    texts.written,
    '',
    texts.place,
    '',
    ...(['linux', 'win32', 'darwin'] as const).map((system) => `- ${{ linux: 'Linux', win32: 'Windows', darwin: 'macOS' }[system]}: \`${machineSettingsPath(system, { ProgramData: '%ProgramData%' })}\``), // prettier-ignore
    '',
    texts.rules,
    '',
    '```json',
    JSON.stringify(EXAMPLE, null, 2),
    '```',
    '',
    `## ${texts.file}`,
    '',
    texts.heads,
    '|---|---|---|',
    ...Object.entries(KEYS).map(([key, words]) => row(`\`${key}\``, kindOfKey(key, whole), words[language])),
    '',
    `## ${texts.settings}`,
    '',
    texts.settingHeads,
    '|---|---|---|---|',
    ...Object.entries(propertiesOf(MachineSettings)).map(([key, schema]) =>
      row(`\`settings.${key}\``, kindOf(schema), short(usual[key]), SETTINGS[key as SettingName][language]),
    ),
    '',
  ].join('\n')
}

function kindOfKey(key: string, whole: Record<string, Json>): string {
  if (key === 'settings') return 'object'
  if (key === 'locked') return 'list of names of settings'
  const [above = '', under] = key.split('.')
  const schema = under === undefined ? whole[above] : whole[above]?.properties?.[under]
  return kindOf(schema ?? {})
}

/** A value as it is typed; long ones are not. */
function short(value: unknown): string {
  const json = JSON.stringify(value) ?? ''
  return json.length > 40 ? '…' : `\`${json}\``
}

/** A value's kind in words: `number, 0 to 480`. */
function kindOf(schema: Json): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.length > 14 ? `one of ${schema.enum.length} names` : schema.enum.map((one) => `\`${JSON.stringify(one)}\``).join(', ') // prettier-ignore
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(' or ')
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'value')
  if (type === 'integer' || type === 'number') return bounds('number', schema)
  if (type === 'boolean') return '`true`, `false`'
  if (type === 'string') return 'text'
  if (type === 'array') return `list${schema.items ? ` of ${kindOf(schema.items)}` : ''}${schema.maxItems ? `, at most ${schema.maxItems}` : ''}` // prettier-ignore
  if (type !== 'object') return type
  const inside = Object.entries(schema.properties ?? {})
  if (inside.length > 0) return `{ ${inside.map(([key, one]) => `\`${key}\`: ${kindOf(one)}`).join('; ')} }`
  return typeof schema.additionalProperties === 'object' ? `by name: ${kindOf(schema.additionalProperties)}` : 'object'
}

function bounds(name: string, { minimum, maximum }: Json): string {
  const known = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < 2 ** 52
  return known(minimum) && known(maximum) ? `${name}, ${minimum} to ${maximum}` : name
}
